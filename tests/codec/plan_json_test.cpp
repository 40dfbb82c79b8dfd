#include "schancfg/codec/plan_json.hpp"

#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace schancfg::codec;
using namespace schancfg::registry;
using generated::Random;
using generated::schannel;

namespace {

Record sample() {
    Record record;
    record.kind = Record::Kind::undo;
    record.id = "20261121T074500Z-3f9c";
    record.time = "2026-11-21T07:45:00Z";
    record.target = "live";
    record.machine = "guid/NAME";
    record.os = "windows-server-2022";
    record.profile_sha256 = std::string(64, 'a');
    record.status = RecordStatus::applied;
    record.plan.changes = {
        {.key = schannel.child("Ciphers"), .value_name = std::nullopt, .action = plan::Action::add, .before = std::nullopt,
         .after = std::nullopt, .origin = Span{"p.toml", 4, 1}},
        {.key = schannel.child("Ciphers"), .value_name = "Enabled", .action = plan::Action::change, .before = Value::dword(1),
         .after = Value{reg_dword, "\x01"}, .origin = Span{"p.toml", 5, 1}},
        {.key = schannel, .value_name = "", .action = plan::Action::remove, .before = Value::sz("x"), .after = std::nullopt, .origin = std::nullopt},
    };
    return record;
}

constexpr std::string_view sample_text = R"({
  "format_version": "1.0",
  "kind": "undo",
  "id": "20261121T074500Z-3f9c",
  "time": "2026-11-21T07:45:00Z",
  "target": "live",
  "machine": "guid/NAME",
  "os": "windows-server-2022",
  "profile_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "status": "applied",
  "changes_sha256": "5af69b57423010ed9c877ca4565cfeb81f476e8e18631dccebb5d33286c02843",
  "changes": [
    {
      "key": "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers",
      "value": null,
      "action": "add",
      "before": null,
      "after": null,
      "origin": {
        "file": "p.toml",
        "line": 4,
        "column": 1
      }
    },
    {
      "key": "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers",
      "value": "Enabled",
      "action": "change",
      "before": {
        "type": "REG_DWORD",
        "data": 1
      },
      "after": {
        "type": "REG_DWORD",
        "hex": "01"
      },
      "origin": {
        "file": "p.toml",
        "line": 5,
        "column": 1
      }
    },
    {
      "key": "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
      "value": "",
      "action": "remove",
      "before": {
        "type": "REG_SZ",
        "data": "x"
      },
      "after": null,
      "origin": null
    }
  ]
}
)";

bool same(const Record& a, const Record& b) {
    return a.kind == b.kind && a.id == b.id && a.time == b.time && a.target == b.target && a.machine == b.machine && a.os == b.os &&
           a.profile_sha256 == b.profile_sha256 && a.status == b.status && a.plan.changes == b.plan.changes;
}

/// The sample with one thing replaced.
std::string with(std::string_view what, std::string_view instead) {
    std::string text(sample_text);
    const std::size_t found = text.find(what);
    REQUIRE(found != std::string::npos);
    return text.replace(found, what.size(), instead);
}

}  // namespace

TEST_CASE("the digest of the changes is written, and a plan whose changes are others is refused", "[codec]") {
    const Record record = sample();
    const std::string text = encode_record(record);
    const std::string digest = changes_digest(record.plan);
    CHECK(text.find("\"changes_sha256\": \"" + digest + '"') != std::string::npos);
    CHECK(decode_record(text, "r.json"));
    // One bit of data, the order, and the line that asked: each is another digest.
    Record other = record;
    other.plan.changes.at(1).after = Value::dword(0);
    CHECK(changes_digest(other.plan) != digest);
    other = record;
    std::swap(other.plan.changes.front(), other.plan.changes.back());
    CHECK(changes_digest(other.plan) != digest);
    std::string altered = text;
    altered.replace(altered.find(digest), digest.size(), changes_digest(other.plan));
    const auto refused = decode_record(altered, "r.json");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "the changes are not those that it was saved with: they have another SHA-256 than \"changes_sha256\"");
    // A file of before is read all the same.
    std::string without = text;
    const std::size_t at = without.find("  \"changes_sha256\"");
    without.erase(at, without.find('\n', at) + 1 - at);
    CHECK(decode_record(without, "r.json"));
}

TEST_CASE("a record is written member by member as the contract says, and read back", "[codec]") {
    CHECK(encode_record(sample()) == sample_text);
    const auto read = decode_record(sample_text, "r.json");
    REQUIRE(read);
    CHECK(same(*read, sample()));
}

TEST_CASE("what is not known is null in a record", "[codec]") {
    Record record = sample();
    record.kind = Record::Kind::plan;
    record.status = RecordStatus::prepared;
    record.os.clear();
    record.profile_sha256.clear();
    const std::string text = encode_record(record);
    CHECK(text.find("\"os\": null") != std::string::npos);
    CHECK(text.find("\"profile_sha256\": null") != std::string::npos);
    CHECK(same(decode_record(text, "r.json").value(), record));
}

TEST_CASE("the record of an undo names the record that it undid", "[codec]") {
    Record record = sample();
    record.undoes = "20261121T074400Z-0000";
    const std::string text = encode_record(record);
    CHECK(text.find("\"undoes\": \"20261121T074400Z-0000\"") != std::string::npos);
    const auto again = decode_record(text, "x.json");
    REQUIRE(again);
    CHECK(again->undoes == record.undoes);
    record.undoes = "../x";
    const auto refused = decode_record(encode_record(record), "x.json");
    REQUIRE(!refused);
    CHECK(refused.error().message == "\"undoes\" is the id of a record, or left out");
}

TEST_CASE("the record of a run that undoes itself says when, and whether it was confirmed", "[codec]") {
    Record record = sample();
    CHECK(encode_record(record).find("revert_at") == std::string::npos);
    record.revert_at = "2026-11-21T08:00:00Z";
    record.confirmed = "2026-11-21T07:50:00Z";
    const auto again = decode_record(encode_record(record), "x.json");
    REQUIRE(again);
    CHECK(again->revert_at == record.revert_at);
    CHECK(again->confirmed == record.confirmed);
    record.confirmed = "soon";
    const auto refused = decode_record(encode_record(record), "x.json");
    REQUIRE(!refused);
    CHECK(refused.error().message == "\"confirmed\" is a time such as \"2026-11-21T07:45:00Z\", or left out");
}

TEST_CASE("the record of a run that another goes on from holds what that one is about to do", "[codec]") {
    Record record = sample();
    CHECK(encode_record(record).find("under_way") == std::string::npos);
    record.under_way.changes = {record.plan.changes.back()};
    const auto again = decode_record(encode_record(record), "x.json");
    REQUIRE(again);
    CHECK(same(*again, record));
    CHECK(again->under_way.changes == record.under_way.changes);
    record.under_way.changes.push_back(record.under_way.changes.back());
    const auto refused = decode_record(encode_record(record), "x.json");
    REQUIRE(!refused);
    CHECK(refused.error().message == "\"under_way\"[1]: the same value or key is changed twice");
}

TEST_CASE("any plan is read back from its JSON as it was", "[codec]") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        Random random(seed);
        Record record = sample();
        record.plan = plan::make(generated::tree(random), to_wanted(generated::patch(random)));
        const auto read = decode_record(encode_record(record), "r.json");
        REQUIRE(read);
        CHECK(read->plan.changes == record.plan.changes);
    }
}

TEST_CASE("names that are not Unicode survive", "[codec]") {
    Record record = sample();
    record.plan.changes[1].key = schannel.child("a\xED\xA0\x80");
    record.plan.changes[1].value_name = "\xED\xB0\x80";
    const std::string text = encode_record(record);
    CHECK(text.find("\"value_utf16\": \"00dc\"") != std::string::npos);
    CHECK(same(decode_record(text, "r.json").value(), record));
}

TEST_CASE("data stands in the JSON only where it gives the same bytes again", "[codec]") {
    CHECK(encode_value(Value::qword(0xFFFFFFFFFFFFFFFF)) == "{\n  \"type\": \"REG_QWORD\",\n  \"data\": 18446744073709551615\n}");
    const Value odd[] = {Value{reg_sz, "a"}, Value{reg_sz, std::string("a\0", 2)}, Value{reg_sz, std::string("\x00\xD8\0\0", 4)},
                         Value{reg_multi_sz, std::string("a\0\0\0", 4)}, Value{reg_dword, std::string(8, '\1')}, Value{0x1234, "x"}};
    for (const Value& value : odd) CHECK(encode_value(value).find("\"hex\"") != std::string::npos);
}

TEST_CASE("a record with anything wrong in it is refused with the reason", "[codec]") {
    struct Row {
        std::string text, message;
    };
    const Row rows[] = {
        {"[]", "the file is an object with \"format_version\", \"kind\", \"changes\" and others"},
        {"{}", "\"format_version\" is to be \"1.0\""},
        {"{\"format_version\": \"1.0\"}", "\"kind\" is a string, and is needed"},
        {with("\"1.0\"", "\"2.0\\u001b[31m\""), "\"format_version\" is \"2.0\x1b[31m\"; this version of schancfg reads \"1.0\""},
        {with("\"1.0\"", "1.0"), "\"format_version\" is to be \"1.0\""},
        {with("\"kind\": \"undo\"", "\"kind\": \"do\""), "\"kind\" is \"plan\" or \"undo\""},
        {with("\"kind\": \"undo\"", "\"kind\": \"undo\", \"more\": 1"), "the member \"more\" is unknown"},
        {with("\"kind\": \"undo\"", "\"kind\": \"undo\", \"kind\": \"undo\""), "the JSON gives a member twice in one object"},
        {with("\"id\": \"20261121T074500Z-3f9c\"", "\"id\": \"../../20261121T074500Z-3f9c\""), "\"id\" is a name such as \"20261121T074500Z-3f9c\""},
        {with("2026-11-21T07:45:00Z", "yesterday"), "\"time\" is a time such as \"2026-11-21T07:45:00Z\""},
        {with("\"target\": \"live\"", "\"target\": null"), "\"target\" is a string, and is needed"},
        {with("\"os\": \"windows-server-2022\",", ""), "\"os\" is a string or null, and is needed"},
        {with("aaaa", "AAAA"), "\"profile_sha256\" is 64 hexadecimal digits in lower case, or null"},
        {with("\"applied\"", "\"done\""), "\"status\" is \"prepared\", \"applied\", \"undone\", \"rolled-back\" or \"partial\""},
        {with("HKLM", "HKXX"), "\"changes\"[0]: a key path starts with a root such as HKLM or HKEY_LOCAL_MACHINE"},
        {with("\"value\": null", "\"value\": 1"), "\"changes\"[0]: \"value\" is a string or null"},
        {with("\"value\": null,", ""), "\"changes\"[0]: needs a \"value\" or null"},
        {with("\"action\": \"add\"", "\"action\": \"change\""), "\"changes\"[0]: a key itself is added or removed, and has no \"before\" and \"after\""},
        {with("\"action\": \"add\"", "\"action\": \"replace\""), "\"changes\"[0]: \"action\" is \"add\", \"change\" or \"remove\""},
        {with("\"action\": \"change\"", "\"action\": \"add\""), "\"changes\"[1]: \"before\" does not fit the action \"add\""},
        {with("\"action\": \"change\"", "\"action\": \"remove\""), "\"changes\"[1]: \"after\" does not fit the action \"remove\""},
        {with("\"data\": 1", "\"data\": -1"), "\"changes\"[1]: \"before\": \"data\" of a REG_DWORD is a number from 0 to 4294967295"},
        {with("\"hex\": \"01\"", "\"hex\": \"0x\""), "\"changes\"[1]: \"after\": \"hex\" is a string of an even number of hexadecimal digits"},
        {with("\"hex\": \"01\"", "\"hex\": \"01\", \"data\": 1"), "\"changes\"[1]: \"after\": a value needs either \"data\" or \"hex\""},
        {with("\"line\": 5", "\"line\": \"5\""), "\"changes\"[1]: \"origin\" is null or an object with \"file\", \"line\" and \"column\""},
        {with("\"value\": \"Enabled\"", "\"value\": null"), "\"changes\"[1]: a key itself is added or removed, and has no \"before\" and \"after\""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto read = decode_record(row.text, "r.json");
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::malformed);
        CHECK(read.error().message == row.message);
        CHECK(read.error().where->file == "r.json");
    }
}

TEST_CASE("a record that changes one value twice, in two spellings, is refused", "[codec]") {
    Record record = sample();
    record.plan.changes[0] = record.plan.changes[1];
    record.plan.changes[0].value_name = "ENABLED";
    const auto read = decode_record(encode_record(record), "r.json");
    REQUIRE_FALSE(read);
    CHECK(read.error().message == "\"changes\"[1]: the same value or key is changed twice");
}

TEST_CASE("hostile JSON neither exhausts the stack nor takes for ever", "[codec]") {
    const std::string deep(1 << 20, '[');
    CHECK(decode_record(deep, "r.json").error().message == "the JSON is nested deeper than 64 levels");
    CHECK(decode_record(std::string((64u << 20) + 1, ' '), "r.json").error().message == "the JSON is larger than 64 MiB");
    std::string members = "{";
    for (int i = 0; i < 200'000; ++i) members += "\"m" + std::to_string(i) + "\": 0,";
    members += "\"last\": 0}";
    CHECK(decode_record(members, "r.json").error().message == "the JSON has an object of more than 64 members");
    const auto broken = decode_record("{\n  \"kind\": ?\n}", "r.json");
    CHECK(broken.error().where == Span{"r.json", 2, 11});
}

TEST_CASE("what belongs to an undo record is refused in a plan, and what a record adds comes back", "[codec]") {
    Record record;
    record.kind = Record::Kind::undo;
    record.id = "20261121T074500Z-3f9c02d4a1b7c6e5";
    record.time = "2026-11-21T07:45:00Z";
    record.target = "live";
    record.machine = "m";
    record.profile = "profile:strict";
    record.user = "CONTOSO\\ada";
    record.revert_at = "2026-11-21T08:00:00Z";
    record.restart = RecordRestart::needed;
    record.boot = "2026-11-20T00:00:00Z";
    record.restarts = true;
    const std::string text = encode_record(record);
    const auto again = decode_record(text, "r.json");
    REQUIRE(again);
    CHECK(again->profile == record.profile);
    CHECK(again->user == record.user);
    CHECK(again->restart == RecordRestart::needed);
    CHECK(again->boot == record.boot);
    CHECK(again->restarts);
    std::string plan = text;
    plan.replace(plan.find("\"undo\""), 6, "\"plan\"");
    CHECK(decode_record(plan, "r.json").error().message == "\"user\" belongs to an undo record, and this is a plan");
    for (const auto& [from, to] : {std::pair{"\"needed\"", "\"perhaps\""}, std::pair{"\"restarts\": true", "\"restarts\": false"}, std::pair{"\"CONTOSO\\\\ada\"", "\"\""}}) {
        std::string wrong = text;
        REQUIRE(wrong.find(from) != std::string::npos);
        wrong.replace(wrong.find(from), std::string_view(from).size(), to);
        CHECK_FALSE(decode_record(wrong, "r.json"));
    }
    Record saved;
    saved.id = record.id;
    saved.time = record.time;
    saved.status = RecordStatus::applied;
    CHECK(decode_record(encode_record(saved), "p.json").error().message == "the \"status\" of a plan is \"prepared\"");
}
