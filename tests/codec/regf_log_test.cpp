#include "schancfg/codec/regf_log.hpp"

#include <array>

#include "../hives.hpp"
#include "catch.hpp"

using namespace schancfg;
using namespace schancfg::codec;
using registry::Value;

namespace {

const std::string first = hives::with(hives::minimal(), {{"A", "x", Value::dword(1)}}, 20);
const std::string second = hives::with(first, {{"A", "x", Value::dword(2)}, {"B", "long", {3, std::string(9000, 'b')}}}, 21);
const std::string third = hives::with(second, {{"C", "", Value::sz("three")}}, 22);

RecoveredHive recover(const std::string& hive, const std::vector<std::string>& logs) {
    const std::vector<std::string_view> views(logs.begin(), logs.end());
    auto out = recover_hive(hive, views);
    if (!out) FAIL(out.error().message);
    return std::move(*out);
}

// Everything behind the header.
bool same_bins(const std::string& a, const std::string& b) { return a.size() == b.size() && a.compare(4096, std::string::npos, b, 4096) == 0; }

}  // namespace

TEST_CASE("a clean hive needs no log, also where one goes on from it", "[codec]") {
    CHECK(recover(first, {}).recovery == HiveRecovery::clean);
    const auto recovered = recover(first, {hives::new_log(first, 20, {hives::entry(first, second, 20)})});
    CHECK(recovered.recovery == HiveRecovery::clean);
    CHECK(recovered.bytes.empty());
    CHECK(recovered.log_is_newer);
    CHECK(recovered.last_sequence == 20);
    CHECK_FALSE(recover(first, {hives::new_log(first, 15, {hives::entry(hives::minimal(), first, 15)})}).log_is_newer);
}

TEST_CASE("a log of the new format is replayed, and the hive grows with it", "[codec]") {
    const auto recovered = recover(hives::dirty(first), {hives::new_log(first, 20, {hives::entry(first, second, 20), hives::entry(second, third, 21)})});
    REQUIRE(recovered.recovery == HiveRecovery::replayed);
    CHECK(recovered.entries == 2);
    CHECK(recovered.last_sequence == 21);
    CHECK(same_bins(recovered.bytes, third));
    const auto header = read_hive_header(recovered.bytes);
    REQUIRE(header);
    CHECK_FALSE(header->is_dirty());
    CHECK(header->bins_size + 4096 == third.size());
}

TEST_CASE("both logs are used in the order of their numbers, whichever is called LOG1", "[codec]") {
    const std::string one = hives::new_log(first, 20, {hives::entry(first, second, 20)});
    const std::string two = hives::new_log(first, 21, {hives::entry(second, third, 21)});
    for (const auto& logs : {std::vector{one, two}, std::vector{two, one}}) {
        const auto recovered = recover(hives::dirty(first), logs);
        REQUIRE(recovered.recovery == HiveRecovery::replayed);
        CHECK(same_bins(recovered.bytes, third));
    }
    // With a gap between them the second is not used.
    const auto recovered = recover(hives::dirty(first), {one, hives::new_log(first, 22, {hives::entry(second, third, 22)})});
    CHECK(same_bins(recovered.bytes, second));
}

TEST_CASE("replaying stops at a wrong hash and at a gap in the numbers", "[codec]") {
    std::string log = hives::new_log(first, 20, {hives::entry(first, second, 20), hives::entry(second, third, 21)});
    std::string bad = log;
    bad[bad.size() - 100] = static_cast<char>(bad[bad.size() - 100] ^ 1);
    CHECK(same_bins(recover(hives::dirty(first), {bad}).bytes, second));
    CHECK(same_bins(recover(hives::dirty(first), {hives::new_log(first, 20, {hives::entry(first, second, 20), hives::entry(second, third, 23)})}).bytes, second));
    bad = log;
    bad[600] = static_cast<char>(bad[600] ^ 1);
    CHECK(recover(hives::dirty(first), {bad}).recovery == HiveRecovery::without_log);
}

TEST_CASE("a log that the hive is past, and one that does not begin with its own number, are not replayed", "[codec]") {
    CHECK(recover(hives::dirty(first), {hives::new_log(first, 19, {hives::entry(first, second, 19)})}).recovery == HiveRecovery::without_log);
    CHECK(recover(hives::dirty(first), {hives::new_log(first, 20, {hives::entry(first, second, 21)})}).recovery == HiveRecovery::without_log);
    // Numbers that a partial reconciliation has written already may be missing.
    CHECK(recover(hives::dirty(first), {hives::new_log(first, 24, {hives::entry(first, second, 24)})}).recovery == HiveRecovery::replayed);
}

TEST_CASE("a hive without a sound header takes it from the latest log, and uses that one alone", "[codec]") {
    std::string hive = first;
    hive[100] = 1;
    const std::string older = hives::new_log(first, 20, {hives::entry(first, third, 20)});
    const std::string newer = hives::new_log(first, 25, {hives::entry(first, second, 25)});
    const auto recovered = recover(hive, {newer, older});
    REQUIRE(recovered.recovery == HiveRecovery::replayed);
    CHECK(same_bins(recovered.bytes, second));
    CHECK_FALSE(read_hive_header(recovered.bytes)->is_dirty());
    CHECK(recover(hive, {}).recovery == HiveRecovery::without_log);
    // Also where nothing of it was written.
    std::string zeros = first;
    zeros.replace(0, 4096, std::string(4096, '\0'));
    CHECK(same_bins(recover(zeros, {newer}).bytes, second));
    CHECK_FALSE(recover_hive(zeros, {}));
}

TEST_CASE("a log of the old format is replayed where it is of the same write", "[codec]") {
    const std::string log = hives::old_log(first, third, 21);
    const auto recovered = recover(hives::dirty(first), {log});
    REQUIRE(recovered.recovery == HiveRecovery::replayed);
    CHECK(recovered.entries == 1);
    CHECK(same_bins(recovered.bytes, third));
    CHECK_FALSE(read_hive_header(recovered.bytes)->is_dirty());
    std::string other = log;
    other[12] = static_cast<char>(other[12] ^ 1);
    hives::set_checksum(other);
    CHECK(recover(hives::dirty(first), {other}).recovery == HiveRecovery::without_log);
    other = log;
    hives::put32(other, 8, 20);
    hives::set_checksum(other);
    CHECK(recover(hives::dirty(first), {other}).recovery == HiveRecovery::without_log);
    CHECK(recover(hives::dirty(first), {log.substr(0, log.size() - 1)}).recovery == HiveRecovery::without_log);
    CHECK(recover(hives::dirty(first), {log.substr(0, 600)}).recovery == HiveRecovery::without_log);
}

TEST_CASE("a log cannot make a hive much larger than the log is", "[codec]") {
    std::string log = hives::new_log(first, 20, {hives::entry(first, second, 20)});
    hives::put32(log, 512 + 16, 0x7FFFF000);
    hives::put64(log, 512 + 32, hive_log_hash(std::string_view(log).substr(512, 32)));
    CHECK(recover(hives::dirty(first), {log}).recovery == HiveRecovery::without_log);
    std::string old = hives::old_log(first, second, 21);
    hives::put32(old, 40, 0x7FFFF000);
    hives::set_checksum(old);
    CHECK(recover(hives::dirty(first), {old}).recovery == HiveRecovery::without_log);
}

TEST_CASE("what was replayed before an entry that would grow the hive too far is a clean hive", "[codec]") {
    const std::string before = hives::system();
    const std::string after = hives::with(before, {{"ControlSet001\\Control\\SecurityProviders\\SCHANNEL", "EventLogging", Value::dword(5)}});
    std::string huge = hives::entry(before, after, 10);
    hives::put32(huge, 16, 0x10000000);
    hives::put64(huge, 24, hive_log_hash(std::string_view(huge).substr(40)));
    hives::put64(huge, 32, hive_log_hash(std::string_view(huge).substr(0, 32)));
    const std::string log = hives::new_log(before, 9, {hives::entry(before, after, 9), huge});
    const std::string_view logs[] = {log};
    const auto recovered = recover_hive(hives::dirty(before), logs);
    REQUIRE(recovered);
    CHECK(recovered->recovery == HiveRecovery::replayed);
    CHECK(recovered->entries == 1);
    CHECK_FALSE(read_hive_header(recovered->bytes)->is_dirty());
}
