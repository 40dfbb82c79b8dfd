// Other ways to write a word that people paste: a blank for a hyphen, a name of a constant, bytes of a suite, a number with what it is of.
#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>

#include "explain/parts.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/utf.hpp"

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
    constexpr std::array<std::string_view, 4> after{"_VERSION", "_method", "_CLIENT", "_SERVER"};
    for (const std::string_view lead : before) {
        if (same_word(word.substr(0, lead.size()), lead)) word.remove_prefix(lead.size());
    }
    for (const std::string_view end : after) {
        if (utf::ends_with_no_case(word, end)) word.remove_suffix(end.size());
    }
    return replaced(word, "_", '.');
}

/// `c02f`, `C0,2F`, `0xC0,0x2F`, `{0xC0, 0x2F}`, `C0 2F`: the two bytes of a suite as `0xC02F`; empty: not two bytes.
std::string of_bytes(std::string_view word) {
    std::string digits;
    for (const auto part : std::views::split(replaced(word, "{}(), :", ' '), ' ')) {
        std::string_view byte(part.begin(), part.end());
        if (same_word(byte.substr(0, 2), "0x")) byte.remove_prefix(2);
        digits += byte;
    }
    return digits.size() == 4 ? "0x" + digits : std::string{};
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

/// `Windows Server 2012R2`: a blank before R2.
std::string of_release(std::string_view word) {
    constexpr std::string_view second = "R2";
    return utf::ends_with_no_case(word, second) ? std::string(word.substr(0, word.size() - second.size())) + " R2" : std::string{};
}

/// `curl 35`, `curl (60)`, `curl error 7`, as curl itself writes it.
std::string of_curl(std::string_view word) {
    std::string digits;
    std::ranges::copy_if(word, std::back_inserter(digits), ascii::is_digit<char>);
    return same_word(word.substr(0, 4), "curl") ? "curl: (" + digits + ")" : std::string{};
}

}  // namespace

std::vector<std::string> as_message(std::string_view word) {
    std::vector<std::string> all{of_curl(word)};
    if (same_word(word.substr(0, 2), "0x")) all.push_back("error code " + std::string(word));
    return all;
}

std::vector<std::string> other_spellings(std::string_view word) {
    std::vector<std::string> all{of_constant(word), of_bytes(word), of_number(word), of_release(word),
                                 replaced(word, " _", '-'),  // ids of rules, reasons, services and profiles
                                 replaced(word, " -", '_'),  // names of alerts and settings
                                 replaced(word, "-_", ' ')};
    std::erase(all, "");
    return all;
}

}  // namespace schancfg::explain
