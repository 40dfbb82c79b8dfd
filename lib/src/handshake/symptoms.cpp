#include "schancfg/handshake/symptoms.hpp"

#include <algorithm>
#include <utility>

#include "handshake/symptoms_tables.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::handshake {
namespace {

using facts::Code;
using facts::CodeKind;

/// Longer than any line of a log that is worth reading; what is behind it is not looked at.
constexpr std::size_t longest_text = 1U << 16U;
constexpr std::uint32_t first_event = 36864, last_event = 36888;
constexpr std::uint32_t last_alert = 255;
constexpr std::uint32_t alert_received = 36887, alert_generated = 36888;
constexpr std::uint32_t no_protocol_state = 10013, key_state = 10001, not_tls_state = 1203;

std::string lowered(std::string_view text) {
    std::string low(text);
    std::ranges::transform(low, low.begin(), ascii::to_lower);
    return low;
}

bool is_word(char c) { return ascii::is_alphanumeric(c) || c == '_'; }

/// Words and numbers; a minus or `&` right before a number belongs to it.
std::vector<std::string_view> words_of_text(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while (at < text.size()) {
        if (!is_word(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && is_word(text[end])) ++end;
        const bool negative = at > 0 && text[at - 1] == '-' && ascii::is_digit(text[at]) && (at == 1 || !is_word(text[at - 2]));
        const bool of_basic = at > 0 && text[at - 1] == '&' && (text[at] == 'H' || text[at] == 'h');
        words.push_back(text.substr(negative || of_basic ? at - 1 : at, end - at + (negative || of_basic ? 1 : 0)));
        at = end;
    }
    return words;
}

/// What tells a code from any other number: `error 1326`, `Win32Exception (1396)`, `net_error -113`.
bool announces_code(std::string_view word) {
    constexpr std::string_view ends[] = {"error", "code", "exception", "status", "hresult", "reason", "errno"};
    return std::ranges::any_of(ends, [word](std::string_view end) { return utf::ends_with_no_case(word, end); });
}

/// `announced`: the word before it says that it is a code. A small number of Windows, Remote Desktop or Chromium is one only then.
const Code* status_of(std::uint32_t number, bool announced) {
    constexpr CodeKind everywhere[] = {CodeKind::sspi_status, CodeKind::certificate_status, CodeKind::key_status, CodeKind::nt_status, CodeKind::winhttp_error, CodeKind::socket_error};
    for (const CodeKind kind : everywhere) {
        if (const Code* code = facts::find_code(kind, number)) return code;
    }
    constexpr std::uint32_t small = 0xFFFF;
    const Code* windows = facts::find_code(CodeKind::win32_error, number);
    if (windows != nullptr && (announced || number > small)) return windows;
    if (!announced) return nullptr;
    const Code* desktop = facts::find_code(CodeKind::remote_desktop_error, number);
    return desktop != nullptr ? desktop : facts::find_code(CodeKind::browser_error, number);
}

/// Letters and digits alone, lowered: `HandshakeFailure`, `handshake_failure` and `HANDSHAKE FAILURE` are one.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (ascii::is_alphanumeric(c)) out += ascii::to_lower(c);
    }
    return out;
}

/// .NET's traces and Exchange's logs write `AlgorithmMismatch` for SEC_E_ALGORITHM_MISMATCH.
const Code* status_by_short_name(std::string_view word) {
    constexpr std::size_t shortest = 10;
    constexpr std::string_view lead = "SEC_E_";
    if (word.size() < shortest || word.find('_') != std::string_view::npos || !ascii::is_upper(word.front())) return nullptr;
    // In the midst of it a capital begins the next word: a word of prose is none.
    if (std::ranges::none_of(word.substr(1), ascii::is_upper<char>)) return nullptr;
    const std::string squeezed_word = squeezed(word);
    for (const Code& code : facts::codes()) {
        if (code.kind == CodeKind::sspi_status && code.name.starts_with(lead) && squeezed(code.name.substr(lead.size())) == squeezed_word) return &code;
    }
    return nullptr;
}

class ReaderOfText {
public:
    explicit ReaderOfText(std::string_view text) : text_(text.substr(0, longest_text)), words_(words_of_text(text_)) {}

    std::optional<Symptom> read() {
        symptom_.text = std::string(text_);
        find_event();
        find_codes();
        find_message();
        find_alert();
        if (!symptom_.alert_number) find_alert_by_name();
        if (!symptom_.alert_number) find_alert_of_localized_event();
        find_internal_state();
        if (symptom_.code == nullptr && symptom_.message == nullptr && !symptom_.alert_number && !symptom_.internal_state) return std::nullopt;
        // 10013 is 36871's "no protocol is left for this program"; it says more than anything else in the text.
        if (symptom_.internal_state == no_protocol_state) add_causes("app-protocols no-protocol-left");
        // A directory wraps a refused logon into any code of SSPI, which then says nothing.
        const ReasonList of_message = symptom_.message != nullptr ? symptom_.message->causes : ReasonList{};
        if (!of_message.empty() && of_message.front() == ReasonId::logon_refused) {
            add_causes(of_message);
            return std::move(symptom_);
        }
        if (symptom_.internal_state == not_tls_state) add_causes(causes::plain);
        if (symptom_.alert_number) add_causes(causes_of_alert(*symptom_.alert_number));
        const bool event_of_alert = symptom_.code != nullptr && symptom_.code->kind == CodeKind::event && symptom_.alert_number.has_value();
        if (symptom_.code != nullptr && !event_of_alert) add_causes(causes_of(*symptom_.code));
        if (symptom_.message != nullptr) add_causes(symptom_.message->causes);
        return std::move(symptom_);
    }

private:
    void add_causes(const ReasonList& reasons) {
        for (const ReasonId id : reasons) {
            const Reason* reason = &reason_of(id);
            if (std::ranges::find(symptom_.causes, reason) == symptom_.causes.end()) symptom_.causes.push_back(reason);
        }
    }

    void find_event() {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            const auto number = facts::code_number(words_[at]);
            if (!number || *number < first_event || *number > last_event) continue;
            symptom_.code = facts::find_code(CodeKind::event, *number);
            symptom_.alert_received = *number == alert_received;
            // `36887:40`
            const char* after = words_[at].data() + words_[at].size();
            const bool joined = at + 1 < words_.size() && *after == ':' && words_[at + 1].data() == after + 1;
            const bool alone = at == 0 && words_.size() == 2;  // `36887 40`
            if (joined || alone) take_alert(at + 1);
            return;
        }
    }

    void find_codes() {
        for (std::size_t at = 0; at < words_.size(); ++at) {
            const std::string_view word = words_[at];
            const Code* code = facts::find_code(word);
            if (code == nullptr) code = status_by_short_name(word);
            if (code == nullptr) {
                const bool announced = at > 0 && (announces_code(words_[at - 1]) || (at > 1 && utf::equal_no_case(words_[at - 1], "is") && announces_code(words_[at - 2])));
                // `WindowsUpdate_80072F8F`
                const std::string_view last = word.substr(word.find_last_of('_') + 1);  // the whole word where there is none
                if (const auto number = facts::code_number(last); number && *number > last_alert) code = status_of(*number, announced);
            }
            if (code == nullptr) continue;
            if (code->kind == CodeKind::tls_alert) {
                if (code->number != facts::no_number && !symptom_.alert_number) set_alert(code->number);
            } else if (says_more(*code)) {
                symptom_.code = code;
            }
        }
    }

    void find_message() {
        const std::string low = lowered(text_);
        // `ERR_SSL_UNSUPPORTED_PROTOCOL`, `DH_KEY_TOO_SMALL`: a text made the name of a constant. What codes() has says more.
        std::string spaced = low;
        if (symptom_.code == nullptr) std::ranges::replace(spaced, '_', ' ');
        const auto found = std::ranges::find_if(known_messages(), [&](const KnownMessage& message) {
            const std::string part = lowered(message.text);
            return low.find(part) != std::string::npos || spaced.find(part) != std::string::npos;
        });
        if (found != known_messages().end()) symptom_.message = &*found;
        if (symptom_.message != nullptr && symptom_.message->event != 0) {
            const bool another = symptom_.code != nullptr && symptom_.code->kind == CodeKind::event;
            if (!another) {
                symptom_.code = facts::find_code(CodeKind::event, symptom_.message->event);
                symptom_.alert_received = symptom_.message->event == alert_received;
            }
        }
        if (symptom_.message == nullptr || symptom_.message->code.empty()) return;
        const Code* code = facts::find_code(symptom_.message->code);
        if (code == nullptr) return;
        if (code->kind == CodeKind::tls_alert) {
            if (!symptom_.alert_number) set_alert(code->number);
        } else if (says_more(*code)) {
            symptom_.code = code;
        }
    }

    /// Than what was found so far: a wrapper such as COR_E_EXCEPTION has no cause of its own, what it wraps has.
    bool says_more(const Code& code) const {
        if (symptom_.code == nullptr) return true;
        if (!causes_of(*symptom_.code).empty()) return false;
        return symptom_.code->kind == CodeKind::event ? !symptom_.alert_number : !causes_of(code).empty();
    }

    void set_alert(std::uint32_t number) {
        symptom_.alert_number = number;
        symptom_.alert = facts::find_code(CodeKind::tls_alert, number);
    }

    bool take_alert(std::size_t at) {
        const auto number = at < words_.size() ? facts::code_number(words_[at]) : std::nullopt;
        if (!number || *number > last_alert) return false;
        set_alert(*number);
        return true;
    }

    /// `alert 40`, `alert code: 40`, `fatal alert code is 40`, `alert number 40`.
    void find_alert() {
        if (symptom_.alert_number) return;
        constexpr std::string_view between[] = {"code", "number", "is", "was", "with", "description", "of", "protocol", "defined", "fatal", "received", "generated"};
        for (std::size_t at = 0; at + 3 < words_.size(); ++at) {
            // "The TLS protocol defined fatal error code is 70."
            if (utf::equal_no_case(words_[at], "fatal") && utf::equal_no_case(words_[at + 1], "error") && utf::equal_no_case(words_[at + 2], "code")) {
                if (take_alert(at + (utf::equal_no_case(words_[at + 3], "is") ? 4 : 3))) return;
            }
        }
        for (std::size_t at = 0; at < words_.size(); ++at) {
            // The field of an event as XML or JSON.
            if (utf::equal_no_case(words_[at], "AlertDesc") && take_alert(at + 1)) return;
        }
        for (std::size_t at = 0; at < words_.size(); ++at) {
            if (!utf::equal_no_case(words_[at], "alert")) continue;
            for (std::size_t next = at + 1; next < words_.size(); ++next) {
                if (take_alert(next)) return;
                const bool filler = std::ranges::any_of(between, [&](std::string_view word) { return utf::equal_no_case(word, words_[next]); });
                if (!filler) break;
            }
        }
    }

    /// Programs spell an alert's name in their own way: `HandshakeFailure`, `SSLV3_ALERT_HANDSHAKE_FAILURE`, `tls: handshake failure`.
    void find_alert_by_name() {
        const std::string all = squeezed(text_);
        if (all.find("alert") == std::string::npos && all.find("remoteerrortls") == std::string::npos) return;
        const Code* longest = nullptr;
        for (const Code& code : facts::codes()) {
            const bool named = code.kind == CodeKind::tls_alert && code.number != facts::no_number && all.find(squeezed(code.name)) != std::string::npos;
            if (named && (longest == nullptr || code.name.size() > longest->name.size())) longest = &code;
        }
        if (longest != nullptr) set_alert(longest->number);
    }

    /// Windows' own sentence around an alert's number, in a language that this table does not have: the first number is the alert.
    void find_alert_of_localized_event() {
        constexpr std::string_view protocols[] = {"tls-protokoll", "protocole tls", "protocolo tls", "protocollo tls", "tls-protocol", "protokoll tls",
                                                  "protokół tls", "protokołu tls", "протоколом tls", "протоколе tls", "tls 协议", "tls 通訊協定", "tls プロトコル", "tls 프로토콜"};
        const bool event = symptom_.code != nullptr && symptom_.code->kind == CodeKind::event;
        if (event ? symptom_.code->number != alert_received && symptom_.code->number != alert_generated : symptom_.code != nullptr) return;
        const std::string low = lowered(text_);
        if (std::ranges::none_of(protocols, [&](std::string_view each) { return low.find(each) != std::string::npos; })) return;
        for (const std::string_view word : words_) {
            const auto number = facts::code_number(word);
            if (!number || *number > last_alert) continue;
            const Code* alert = facts::find_code(CodeKind::tls_alert, *number);
            if (alert != nullptr && alert->number == *number) return set_alert(*number);
        }
    }

    /// `internal error state is 10013`, `SChannel error state is 105`, `state 10013`, `36871 10013`.
    void find_internal_state() {
        const bool event = (symptom_.code != nullptr && symptom_.code->kind == CodeKind::event) || lowered(text_).find("error state") != std::string::npos;
        std::string_view before, last;  // a state's number follows its word, perhaps with `is` between them
        for (const std::string_view word : words_) {
            if (word == "10013") symptom_.internal_state = no_protocol_state;
            const std::string_view named = utf::equal_no_case(last, "is") ? before : last;
            const bool of_state = utf::equal_no_case(named, "state") || utf::equal_no_case(named, "ErrorState");
            if (const auto number = facts::code_number(word); number && event && of_state) symptom_.internal_state = number;
            before = std::exchange(last, word);
        }
    }

    std::string_view text_;
    std::vector<std::string_view> words_;
    Symptom symptom_;
};

}  // namespace

std::string_view internal_state_meaning(std::uint32_t state) {
    // As people who met them report; Microsoft documents none.
    switch (state) {
        case no_protocol_state: return "no protocol is left of those that the program asks for";
        case key_state: return "the private key could not be used";
        case not_tls_state: return "what arrived was not a ClientHello";
        default: return {};
    }
}

std::string_view fit_name(Fit fit) {
    switch (fit) {
        case Fit::shown: return "shown";
        case Fit::possible: return "possible";
        case Fit::ruled_out: break;
    }
    return "ruled-out";
}

std::string_view foreign_stack(const Symptom& symptom) {
    constexpr std::string_view others[] = {"OpenSSL", "Java", "GnuTLS", "Go", "Python", "Chrome and Edge", "OpenLDAP", "nmap", "Node.js", "PostgreSQL", "Safari",
                                          "Apple's Secure Transport", "Rustls", "Oracle Database", "SAP", "MySQL", "FreeRDP", "Firefox", "NRPE"};
    if (symptom.message != nullptr) {
        const auto* found = std::ranges::find(others, symptom.message->by);
        if (found != std::end(others)) return *found;
    }
    // Chrome and Edge have BoringSSL, Firefox has NSS.
    const Code* code = symptom.code;
    if (code == nullptr || code->kind != CodeKind::browser_error) return {};
    return code->name.starts_with("ERR_") ? "Chrome or Edge" : "Firefox";
}

std::optional<Symptom> read_symptom(std::string_view text) { return ReaderOfText(text).read(); }

std::string nearest_symptom(std::string_view text) {
    constexpr std::size_t longest_name = 200;
    Nearest search(text.substr(0, longest_name));
    for (const Code& code : facts::codes()) {
        if (code.kind != CodeKind::event && code.number != facts::no_number) search.offer(code.name);
        if (code.kind == CodeKind::browser_error) search.offer(code.name);
    }
    return std::string(search.best());
}

}  // namespace schancfg::handshake
