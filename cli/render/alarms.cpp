#include "render/alarms.hpp"

#include <nlohmann/json.hpp>

#include "console/columns.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"

namespace schancfg::cli {
namespace {

// A name and the digits of a group are ASCII; nothing of a file is in a message.
std::string sentence(const lint::Alarm& alarm) {
    std::string text = alarm.message + (alarm.certain ? "" : " (not certain)");
    return text;
}

std::string_view word_of(const lint::Alarm& alarm) { return lint::severity_name(alarm.severity); }

}  // namespace

std::string alarms_text(const lint::Alarms& alarms, const Sheet& sheet) {
    std::string out;
    for (const lint::Alarm& alarm : alarms) {
        const std::string text = paragraph({}, std::string(word_of(alarm)) + ": " + escape(sentence(alarm)), sheet.columns);
        const std::string line = text.substr(0, text.size() - 1);
        out += (alarm.severity == Severity::error ? sheet.paint.removed(line) : alarm.severity == Severity::warning ? sheet.paint.changed(line) : sheet.paint.dim(line)) + '\n';
    }
    return out.empty() ? out : out + '\n';
}

std::string alarms_markdown(const lint::Alarms& alarms) {
    std::string out;
    for (const lint::Alarm& alarm : alarms) out += "**" + std::string(word_of(alarm)) + "**: " + markdown_text(sentence(alarm)) + "\n\n";
    return out;
}

std::string alarms_html(const lint::Alarms& alarms) {
    std::string out;
    for (const lint::Alarm& alarm : alarms) {
        const std::string_view tone = alarm.severity == Severity::error ? "bad" : alarm.severity == Severity::warning ? "warn" : "faint";
        out += html_paragraph(std::string(word_of(alarm)) + ": " + sentence(alarm), tone);
    }
    return out;
}

nlohmann::ordered_json alarms_json(const lint::Alarms& alarms) {
    using Json = nlohmann::ordered_json;
    Json out = Json::array();
    for (const lint::Alarm& alarm : alarms) {
        Json item{{"id", alarm.rule->id}, {"severity", word_of(alarm)}, {"certain", alarm.certain}};
        item["role"] = !alarm.role ? Json(nullptr) : *alarm.role == facts::Role::client ? Json("client") : Json("server");
        item["message"] = alarm.message;
        out.push_back(std::move(item));
    }
    return out;
}

std::string lock_outs(const lint::Alarms& alarms) {
    std::string out;
    for (const lint::Alarm& alarm : alarms) {
        if (alarm.locks_out) out.append(out.empty() ? "" : "; ").append(alarm.message);
    }
    return out;
}

}  // namespace schancfg::cli
