#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>

#include "commands/commands.hpp"
#include "console/output.hpp"
#include "render/explain.hpp"
#include "render/json_text.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/facts/codes.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

using explain::Explanation;

std::string kinds() {
    std::string out;
    for (const std::string_view kind : explain::word_kinds()) out.append(out.empty() ? "" : ", ").append(kind);
    return out;
}

Outcome<std::string> list(const Options& options) {
    if (options.operands().size() != 1) return usage("--list takes one KIND: " + kinds());
    const std::string& kind = options.operands().front();
    const auto words = explain::words_of(kind);
    if (!words) {
        const std::string_view near = nearest(kind, explain::word_kinds());
        return usage("unknown kind \"" + kind + "\"" + did_you_mean(near) + (near.empty() ? "; it is one of " : " It is one of ") + kinds());
    }
    if (options.format() == "json") {
        const nlohmann::ordered_json object{{"format_version", "1.0"}, {"command", "explain"}, {"os", nullptr}, {"kind", kind}, {"words", *words}};
        return json_text(object);
    }
    std::string out;
    for (const std::string& word : *words) out += word + '\n';
    return out;
}

bool is_update(std::string_view word) {
    constexpr std::size_t shortest = 7;
    return word.size() >= shortest && utf::equal_no_case(word.substr(0, 2), "KB") && std::ranges::all_of(word.substr(2), ascii::is_digit<char>);
}

std::string hex(std::uint32_t number) {
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return "0x" + std::string(digits.data(), end);
}

Failure unknown(const std::string& word) {
    if (is_update(word)) return usage("nothing is known of " + word + ", so it is none of the updates that change TLS settings as far as this program knows; see support.microsoft.com/help/" + word.substr(2)).error();
    constexpr std::uint32_t smallest_status = 0x10000;
    if (const auto number = facts::code_number(word); number && *number >= smallest_status) {
        return usage("nothing is known of the code \"" + word + "\"; on Windows `certutil -error " + hex(*number) + "` prints what it stands for").error();
    }
    const std::string near = explain::nearest_word(word);
    return usage("nothing is known of \"" + word + "\"" +
                 (near.empty() ? "; `schancfg explain --list KIND` lists what is" : did_you_mean(near))).error();
}

Outcome<std::vector<Explanation>> explain_words(const std::vector<std::string>& words) {
    // `explain TLS 1.2` without quotation marks means one thing.
    if (words.size() > 1) {
        std::string joined;
        for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
        if (auto found = explain::explain(joined); !found.empty()) return found;
    }
    std::vector<Explanation> all;
    Failure wrong{ExitCode::usage, {}};
    for (const std::string& word : words) {
        auto found = explain::explain(word);
        if (found.empty()) {
            Failure one = unknown(word);
            std::ranges::move(one.lines, std::back_inserter(wrong.lines));
        }
        std::ranges::move(found, std::back_inserter(all));
    }
    if (!wrong.lines.empty()) return std::unexpected(std::move(wrong));
    return all;
}

}  // namespace

Outcome<ExitCode> run_explain(const Context& context) {
    const Options& options = context.options;
    std::string text;
    if (options.has("list")) {
        auto listed = list(options);
        if (!listed) return std::unexpected(std::move(listed.error()));
        text = std::move(*listed);
    } else {
        if (options.operands().empty()) return usage("say a WORD to explain, or --list KIND");
        auto found = explain_words(options.operands());
        if (!found) return std::unexpected(std::move(found.error()));
        text = options.format() == "json" ? explain_json(*found) : explain_text(*found, sheet_for(options));
    }
    if (auto written = write_result(options, text); !written) return std::unexpected(std::move(written.error()));
    return ExitCode::done;
}

}  // namespace schancfg::cli
