// Other ways to write a word that people paste: a blank for a hyphen, a name of a constant, bytes of a suite, a number with what it is of.
#include <algorithm>
#include <array>
#include <charconv>

#include "explain/parts.hpp"
#include "schancfg/ascii.hpp"

namespace schancfg::explain {
namespace {

std::string replaced(std::string_view word, std::string_view any_of, char by) {
    std::string out(word);
    for (char& c : out) {
        if (any_of.find(c) != std::string_view::npos) c = by;
    }
    return out;
}

/// `TLSv1_2`, `PROTOCOL_TLSv1_2`, `TLS1_2_VERSION`, `SP_PROT_TLS1_2_CLIENT`: the name of a constant, without what is around the protocol.
std::string of_constant(std::string_view word) {
    constexpr std::array<std::string_view, 4> before{"PROTOCOL_", "SP_PROT_", "SslProtocols.", "SecurityProtocolType."};
    constexpr std::array<std::string_view, 7> after{"_VERSION", "_METHOD", "_client_method", "_server_method", "_CLIENT", "_SERVER", "_method"};
    for (const std::string_view lead : before) {
        if (same_word(word.substr(0, lead.size()), lead)) word.remove_prefix(lead.size());
    }
    for (const std::string_view end : after) {
        if (word.size() > end.size() && same_word(word.substr(word.size() - end.size()), end)) word.remove_suffix(end.size());
    }
    std::string out(word);
    for (std::size_t at = 1; at + 1 < out.size(); ++at) {
        if (out[at] == '_' && ascii::is_digit(out[at - 1]) && ascii::is_digit(out[at + 1])) out[at] = '.';
    }
    return out;
}

/// `C0,2F`, `0xC0,0x2F`, `{0xC0, 0x2F}`, `C0 2F`: the two bytes of a suite as `0xC02F`; empty: not two bytes.
std::string of_bytes(std::string_view word) {
    std::string digits;
    std::size_t bytes = 0;
    std::string rest = replaced(word, "{}(), :", ' ');
    for (std::size_t at = 0; at < rest.size();) {
        if (rest[at] == ' ') {
            ++at;
            continue;
        }
        std::string_view part = std::string_view(rest).substr(at, rest.find(' ', at) - at);
        at += part.size();
        if (part.starts_with("0x") || part.starts_with("0X")) part.remove_prefix(2);
        unsigned value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, 16);
        if (part.size() != 2 || error != std::errc{} || end != part.data() + part.size() || ++bytes > 2) return {};
        digits += part;
    }
    return bytes == 2 ? "0x" + digits : std::string{};
}

/// `build 20348`, `port 3389`, `error code 0x80090331`: without the word that says what the number is.
std::string of_number(std::string_view word) {
    constexpr std::array<std::string_view, 22> leads{"Windows build ", "OS build ", "build ", "TCP port ", "port ", "TCP ", "TCP/", "rule ", "event ID: ", "event ID ", "eventid ",
                                                     "Schannel ", "error code: ", "error code ", "Win32 error ", "error ", "alert code ", "code ", "HRESULT: ", "HRESULT ", "NTSTATUS ",
                                                     "status "};
    for (const std::string_view lead : leads) {
        if (same_word(word.substr(0, lead.size()), lead)) return std::string(word.substr(lead.size()));
    }
    return {};
}

/// `c02f`: the bytes of a suite without 0x.
std::string of_suite_id(std::string_view word) {
    constexpr std::size_t digits = 4;
    const bool hex = word.size() == digits && std::ranges::all_of(word, ascii::is_hex_digit<char>);
    return hex ? "0x" + std::string(word) : std::string{};
}

/// `curl 35`, `curl (60)`, `curl error 7`, as curl itself writes it.
std::string of_curl(std::string_view word) {
    std::string digits;
    for (const char c : word) {
        if (ascii::is_digit(c)) digits += c;
    }
    constexpr std::size_t longest = 2;
    return digits.empty() || digits.size() > longest || !same_word(word.substr(0, 4), "curl") ? std::string{} : "curl: (" + digits + ")";
}

/// `Windows Server 2012R2`, `W2K16`: a blank before R2, the year of a short name.
std::string of_release(std::string_view word) {
    std::string out(word);
    if (out.size() > 2 && same_word(std::string_view(out).substr(out.size() - 2), "R2") && ascii::is_digit(out[out.size() - 3])) return out.insert(out.size() - 2, " ");
    const bool short_year = out.size() >= 5 && (out[0] == 'w' || out[0] == 'W') && out[1] == '2' && (out[2] == 'k' || out[2] == 'K') && ascii::is_digit(out[3]) && ascii::is_digit(out[4]);
    return short_year ? "20" + out.substr(3) : std::string{};
}

}  // namespace

std::vector<std::string> as_message(std::string_view word) {
    std::vector<std::string> all;
    if (std::string text = of_curl(word); !text.empty()) all.push_back(std::move(text));
    constexpr std::size_t longest = 6;  // 0x and four digits
    if (word.size() <= longest && (word.starts_with("0x") || word.starts_with("0X"))) all.push_back("error code " + std::string(word));
    return all;
}

std::vector<std::string> other_spellings(std::string_view word) {
    std::vector<std::string> all;
    const auto add = [&](std::string each) {
        if (!each.empty() && each != word && std::ranges::find(all, each) == all.end()) all.push_back(std::move(each));
    };
    add(of_constant(word));
    add(of_bytes(word));
    add(of_number(word));
    add(of_release(word));
    add(of_suite_id(word));
    add(replaced(word, " _", '-'));  // ids of rules, reasons, services and profiles
    add(replaced(word, " -", '_'));  // names of alerts and settings
    add(replaced(word, "-_", ' '));
    return all;
}

}  // namespace schancfg::explain
