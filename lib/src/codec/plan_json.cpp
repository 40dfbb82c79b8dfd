#include "schancfg/ascii.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "schancfg/codec/sha256.hpp"
#include "schancfg/utf.hpp"
#include "value_json.hpp"

namespace schancfg::codec {
namespace {

using Json = nlohmann::ordered_json;
using plan::Action;
using plan::Change;
using registry::KeyPath;
using registry::Value;

constexpr std::size_t max_size = 64u << 20;
constexpr int max_depth = 64;
constexpr std::string_view version = "1.0";

constexpr std::array statuses{RecordStatus::prepared, RecordStatus::applied, RecordStatus::undone, RecordStatus::rolled_back,
                              RecordStatus::partial};
constexpr std::array actions{Action::add, Action::change, Action::remove};

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json value_or_null(const std::optional<Value>& value) {
    if (!value) return nullptr;
    Json json;
    put_value(json, *value);
    return json;
}

Json to_json(const Change& change) {
    Json json;
    put_name(json, "key", change.key.to_string());
    if (change.value_name) {
        put_name(json, "value", *change.value_name);
    } else {
        json["value"] = nullptr;
    }
    json["action"] = plan::action_name(change.action);
    json["before"] = value_or_null(change.before);
    json["after"] = value_or_null(change.after);
    if (change.origin) {
        json["origin"] = Json{{"file", change.origin->file}, {"line", change.origin->line}, {"column", change.origin->column}};
    } else {
        json["origin"] = nullptr;
    }
    return json;
}

Json to_json(const plan::Plan& plan) {
    Json json = Json::array();
    for (const Change& change : plan.changes) json.push_back(to_json(change));
    return json;
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

class RecordDocument {
public:
    explicit RecordDocument(std::string_view file) : file_(file) {}

    Result<Record> read(const Json& json) {
        if (!json.is_object()) return refuse("the file is an object with \"format_version\", \"kind\", \"changes\" and others");
        const auto format = json.find("format_version");
        if (format == json.end() || !format->is_string()) return refuse("\"format_version\" is to be \"1.0\"");
        if (*format != version) {
            return refuse("\"format_version\" is " + quote(format->get_ref<const std::string&>()) +
                          "; this version of schancfg reads \"1.0\"");
        }
        if (auto known = only(json, {"format_version", "kind", "id", "time", "target", "machine", "os", "profile_sha256", "undoes",
                                     "profile", "user", "revert_at", "confirmed", "restart", "boot", "restarts", "status", "changes_sha256", "changes", "under_way"});
            !known) {
            return std::unexpected(std::move(known.error()));
        }
        Record record;
        std::string kind, status;
        const std::pair<const char*, std::string*> texts[] = {{"kind", &kind}, {"id", &record.id}, {"time", &record.time},
                                                              {"target", &record.target}, {"machine", &record.machine},
                                                              {"status", &status}};
        for (const auto& [name, into] : texts) {
            const auto member = json.find(name);
            if (member == json.end() || !member->is_string()) return refuse("\"" + std::string(name) + "\" is a string, and is needed");
            *into = member->get_ref<const std::string&>();
        }
        const std::pair<const char*, std::string*> optional_texts[] = {{"os", &record.os}, {"profile_sha256", &record.profile_sha256}};
        for (const auto& [name, into] : optional_texts) {
            const auto member = json.find(name);
            if (member == json.end() || !(member->is_string() || member->is_null())) {
                return refuse("\"" + std::string(name) + "\" is a string or null, and is needed");
            }
            if (member->is_string()) *into = member->get_ref<const std::string&>();
        }
        if (kind != "plan" && kind != "undo") return refuse("\"kind\" is \"plan\" or \"undo\"");
        record.kind = kind == "plan" ? Record::Kind::plan : Record::Kind::undo;
        if (!is_record_id(record.id)) return refuse("\"id\" is a name such as \"20261121T074500Z-3f9c\"");
        if (!is_record_time(record.time)) return refuse("\"time\" is a time such as \"2026-11-21T07:45:00Z\"");
        if (!record.profile_sha256.empty() && !is_sha256(record.profile_sha256)) {
            return refuse("\"profile_sha256\" is 64 hexadecimal digits in lower case, or null");
        }
        if (const auto undoes = json.find("undoes"); undoes != json.end()) {
            if (undoes->is_string()) record.undoes = undoes->get_ref<const std::string&>();
            if (!is_record_id(record.undoes)) return refuse("\"undoes\" is the id of a record, or left out");
        }
        const std::pair<const char*, std::string*> times[] = {{"revert_at", &record.revert_at}, {"confirmed", &record.confirmed}};
        for (const auto& [name, into] : times) {
            const auto member = json.find(name);
            if (member == json.end()) continue;
            if (member->is_string()) *into = member->get_ref<const std::string&>();
            if (!is_record_time(*into)) return refuse("\"" + std::string(name) + "\" is a time such as \"2026-11-21T07:45:00Z\", or left out");
        }
        if (auto read = read_circumstances(json, record); !read) return std::unexpected(std::move(read.error()));
        const auto* found = std::ranges::find(statuses, status, status_name);
        if (found == statuses.end()) {
            return refuse("\"status\" is \"prepared\", \"applied\", \"undone\", \"rolled-back\" or \"partial\"");
        }
        record.status = *found;
        if (auto fits = check_plan(json, record); !fits) return std::unexpected(std::move(fits.error()));
        if (!json.contains("changes")) return refuse("\"changes\" is an array, and is needed");
        for (const auto& [name, into] : {std::pair{"changes", &record.plan}, std::pair{"under_way", &record.under_way}}) {
            if (auto changes = read_changes(json, name, *into); !changes) return std::unexpected(std::move(changes.error()));
        }
        if (const auto digest = json.find("changes_sha256"); digest != json.end()) {
            if (!digest->is_string() || !is_sha256(digest->get_ref<const std::string&>())) return refuse("\"changes_sha256\" is 64 hexadecimal digits in lower case, or left out");
            if (*digest != changes_digest(record.plan)) return refuse("the changes are not those that it was saved with: they have another SHA-256 than \"changes_sha256\"");
        }
        return record;
    }

private:
    [[nodiscard]] std::unexpected<Error> refuse(const std::string& what) const {
        return fail(ErrorCode::malformed, where_.empty() ? what : where_ + ": " + what, Span{std::string(file_)});
    }

    [[nodiscard]] Result<void> only(const Json& json, std::initializer_list<std::string_view> known) const {
        for (const auto& [name, member] : json.items()) {
            if (std::ranges::find(known, name) == known.end()) return refuse("the member " + quote(name) + " is unknown");
        }
        return {};
    }

    Result<void> read_circumstances(const Json& json, Record& record) const {
        const std::pair<const char*, std::string*> texts[] = {{"profile", &record.profile}, {"user", &record.user}, {"boot", &record.boot}};
        for (const auto& [name, into] : texts) {
            const auto member = json.find(name);
            if (member == json.end()) continue;
            if (!member->is_string() || member->get_ref<const std::string&>().empty()) return refuse("\"" + std::string(name) + "\" is a string that is not empty, or left out");
            *into = member->get_ref<const std::string&>();
        }
        if (const auto member = json.find("restart"); member != json.end()) {
            if (*member != "needed" && *member != "disputed") return refuse("\"restart\" is \"needed\" or \"disputed\", or left out");
            record.restart = *member == "needed" ? RecordRestart::needed : RecordRestart::disputed;
        }
        if (const auto member = json.find("restarts"); member != json.end()) {
            if (*member != true) return refuse("\"restarts\" is true, or left out");
            record.restarts = true;
        }
        return {};
    }

    // What a run leaves in its record has no place in a plan that was not applied.
    [[nodiscard]] Result<void> check_plan(const Json& json, const Record& record) const {
        if (record.kind != Record::Kind::plan) return {};
        for (const char* name : {"undoes", "user", "revert_at", "confirmed", "restart", "boot", "restarts", "under_way"}) {
            if (json.contains(name)) return refuse("\"" + std::string(name) + "\" belongs to an undo record, and this is a plan");
        }
        if (record.status != RecordStatus::prepared) return refuse("the \"status\" of a plan is \"prepared\"");
        return {};
    }

    Result<void> read_changes(const Json& json, const std::string& name, plan::Plan& plan) {
        const auto changes = json.find(name);
        if (changes == json.end()) return {};
        if (!changes->is_array()) return refuse("\"" + name + "\" is an array");
        std::unordered_set<std::string> seen;
        plan.changes.reserve(changes->size());
        for (std::size_t i = 0; i < changes->size(); ++i) {
            where_ = "\"" + name + "\"[" + std::to_string(i) + "]";
            auto change = read_change((*changes)[i]);
            if (!change) return std::unexpected(std::move(change.error()));
            // A NUL separates key and value name, since neither a key nor that separator can hold one.
            std::string what = utf::fold_case(change->key.to_string());
            if (change->value_name) what += '\0' + utf::fold_case(*change->value_name);
            if (!seen.insert(std::move(what)).second) return refuse("the same value or key is changed twice");
            plan.changes.push_back(std::move(*change));
        }
        where_.clear();
        return {};
    }

    [[nodiscard]] Result<Change> read_change(const Json& json) const {
        if (!json.is_object()) return refuse("a change is an object with \"key\", \"value\", \"action\", \"before\", \"after\" and \"origin\"");
        if (auto known = only(json, {"key", "key_utf16", "value", "value_utf16", "action", "before", "after", "origin"}); !known) {
            return std::unexpected(std::move(known.error()));
        }
        Change change;
        const auto key = take_name(json, "key");
        if (!key) return refuse(key.error().message);
        auto path = KeyPath::parse(*key);
        if (!path) return refuse(path.error().message);
        change.key = std::move(*path);
        if (const auto name = json.find("value"); name == json.end() || !name->is_null()) {
            auto taken = take_name(json, "value");
            if (!taken) return refuse(taken.error().message + " or null");
            change.value_name = std::move(*taken);
        }
        const auto action = json.find("action");
        const auto* known = action == json.end() || !action->is_string()
                                ? actions.end()
                                : std::ranges::find(actions, action->get_ref<const std::string&>(), plan::action_name);
        if (known == actions.end()) return refuse("\"action\" is \"add\", \"change\" or \"remove\"");
        change.action = *known;
        const std::pair<const char*, std::optional<Value>*> sides[] = {{"before", &change.before}, {"after", &change.after}};
        for (const auto& [name, into] : sides) {
            const auto side = json.find(name);
            if (side == json.end() || !(side->is_null() || side->is_object())) {
                return refuse("\"" + std::string(name) + "\" is a value or null, and is needed");
            }
            if (side->is_null()) continue;
            if (auto members = only(*side, {"type", "data", "hex"}); !members) return std::unexpected(std::move(members.error()));
            auto value = take_value(*side);
            if (!value) return refuse("\"" + std::string(name) + "\": " + value.error().message);
            *into = std::move(*value);
        }
        if (auto agrees = check_sides(change); !agrees) return std::unexpected(std::move(agrees.error()));
        if (auto origin = read_origin(json, change); !origin) return std::unexpected(std::move(origin.error()));
        return change;
    }

    [[nodiscard]] Result<void> check_sides(const Change& change) const {
        const auto action = std::string(plan::action_name(change.action));
        if (!change.value_name) {
            if (change.action == Action::change || change.before || change.after) {
                return refuse("a key itself is added or removed, and has no \"before\" and \"after\"");
            }
            if (change.key.is_root()) return refuse("a root key is neither added nor removed");
            return {};
        }
        if (change.before.has_value() == (change.action == Action::add)) {
            return refuse("\"before\" does not fit the action \"" + action + "\"");
        }
        if (change.after.has_value() == (change.action == Action::remove)) {
            return refuse("\"after\" does not fit the action \"" + action + "\"");
        }
        return {};
    }

    Result<void> read_origin(const Json& json, Change& change) const {
        const auto origin = json.find("origin");
        if (origin == json.end()) return refuse("\"origin\" is a place or null, and is needed");
        if (origin->is_null()) return {};
        const auto bad = [&] { return refuse("\"origin\" is null or an object with \"file\", \"line\" and \"column\""); };
        if (!origin->is_object()) return bad();
        if (auto known = only(*origin, {"file", "line", "column"}); !known) return std::unexpected(std::move(known.error()));
        Span span;
        const auto file = origin->find("file");
        if (file == origin->end() || !file->is_string()) return bad();
        span.file = file->get_ref<const std::string&>();
        const std::pair<const char*, std::uint32_t*> numbers[] = {{"line", &span.line}, {"column", &span.column}};
        for (const auto& [name, into] : numbers) {
            const auto number = origin->find(name);
            if (number == origin->end() || !number->is_number_unsigned() || number->get<std::uint64_t>() > 0xFFFFFFFFu) return bad();
            *into = number->get<std::uint32_t>();
        }
        change.origin = std::move(span);
        return {};
    }

    std::string_view file_;
    std::string where_;
};

}  // namespace

std::string_view status_name(RecordStatus status) {
    switch (status) {
        case RecordStatus::prepared: return "prepared";
        case RecordStatus::applied: return "applied";
        case RecordStatus::undone: return "undone";
        case RecordStatus::rolled_back: return "rolled-back";
        case RecordStatus::partial: return "partial";
    }
    return "prepared";
}

bool is_record_id(std::string_view id) {
    // Four digits are what versions before 0.2 wrote.
    constexpr std::string_view all = "00000000T000000Z-xxxxxxxxxxxxxxxx";
    const std::string_view form = id.size() == all.size() ? all : all.substr(0, all.size() - 12);
    return std::ranges::equal(id, form, [](char c, char f) {
        if (f == '0') return ascii::is_digit(c);
        if (f == 'x') return ascii::is_digit(c) || (c >= 'a' && c <= 'f');
        return c == f;
    });
}

bool is_record_time(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00Z";
    return std::ranges::equal(text, form, [](char c, char f) { return f == '0' ? ascii::is_digit(c) : c == f; });
}

std::string encode_record(const Record& record) {
    Json json;
    json["format_version"] = version;
    json["kind"] = record.kind == Record::Kind::plan ? "plan" : "undo";
    json["id"] = record.id;
    json["time"] = record.time;
    json["target"] = record.target;
    json["machine"] = record.machine;
    json["os"] = or_null(record.os);
    json["profile_sha256"] = or_null(record.profile_sha256);
    if (!record.profile.empty()) json["profile"] = record.profile;
    if (!record.user.empty()) json["user"] = record.user;
    if (!record.undoes.empty()) json["undoes"] = record.undoes;
    if (!record.revert_at.empty()) json["revert_at"] = record.revert_at;
    if (!record.confirmed.empty()) json["confirmed"] = record.confirmed;
    if (record.restart != RecordRestart::no) json["restart"] = record.restart == RecordRestart::needed ? "needed" : "disputed";
    if (!record.boot.empty()) json["boot"] = record.boot;
    if (record.restarts) json["restarts"] = true;
    json["status"] = status_name(record.status);
    json["changes_sha256"] = changes_digest(record.plan);
    json["changes"] = to_json(record.plan);
    if (!record.under_way.empty()) json["under_way"] = to_json(record.under_way);
    return json_text(json) + "\n";
}

Result<Record> decode_record(std::string_view text, std::string_view file) {
    auto json = parse_json(text, file, max_size, max_depth);
    if (!json) return std::unexpected(std::move(json.error()));
    return RecordDocument(file).read(*json);
}

std::string encode_value(const Value& value) {
    Json json;
    put_value(json, value);
    return json_text(json);
}

std::string changes_digest(const plan::Plan& plan) {
    Sha256 sha256;
    sha256.update(to_json(plan).dump(-1, ' ', true, Json::error_handler_t::replace));
    return sha256.finish();
}

std::string encode_changes(const plan::Plan& plan) { return json_text(to_json(plan)); }

}  // namespace schancfg::codec
