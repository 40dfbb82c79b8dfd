// Symptoms: what people see when a connection fails, as a code, an event or a message, and the causes that fit.
//
// A symptom is combined with what two ends show: causes that the ends rule out sink, those that they confirm rise, and what offers
// alone cannot show (a device that claims TLS 1.2 and then breaks it) gets its name. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/handshake/agreement.hpp"
#include "schancfg/facts/codes.hpp"

namespace schancfg::handshake {

/// One kind of message that is not a code of facts::codes(): texts of Schannel's events, .NET, WinHTTP, SSPI, Java, Go, OpenSSL and others.
struct KnownMessage {
    std::string_view text;     ///< a part of the message, as it is printed
    std::string_view by;       ///< `.NET Framework`, `nmap`, `SSPI`
    std::string_view code;     ///< the code of facts::codes() that it stands for, `SEC_E_ALGORITHM_MISMATCH`; empty: none
    ReasonList causes;         ///< empty: those of `code`
    std::uint32_t event = 0;   ///< the event of Schannel whose text it is; 0: none
};
[[nodiscard]] std::span<const KnownMessage> known_messages();

struct Symptom {
    std::string text;                        ///< as given
    const facts::Code* code = nullptr;       ///< status, event, WinHTTP or browser error
    const facts::Code* alert = nullptr;      ///< its alert, where it names one
    std::optional<std::uint32_t> alert_number;
    std::optional<std::uint32_t> internal_state;  ///< "internal error state" of an event of Schannel
    bool alert_received = false;             ///< event 36887: the other end sent it; false with 36888: this end did
    const KnownMessage* message = nullptr;
    std::vector<const Reason*> causes;       ///< that fit by themselves, likeliest first; may be empty: it says nothing about a cause
};

/// `0x80090331`, `-2146893007`, `SEC_E_ALGORITHM_MISMATCH`, `36887:40`, `event 36888 alert 70`, `alert 40`, `12175`, a message, a line of
/// a log with one of these inside. nullopt: nothing in it is known.
[[nodiscard]] std::optional<Symptom> read_symptom(std::string_view text);
/// What an internal error state of Schannel stands for, one phrase; empty: not documented.
[[nodiscard]] std::string_view internal_state_meaning(std::uint32_t state);
/// Who prints such a message, where that is not Schannel (`Java`, `Firefox`, `OpenSSL`): it has limits of its own. Empty: Schannel, or nobody knows.
[[nodiscard]] std::string_view foreign_stack(const Symptom& symptom);
/// The nearest word that would have been understood; empty: nothing is near.
[[nodiscard]] std::string nearest_symptom(std::string_view text);

enum class Fit : std::uint8_t {
    shown,      ///< the two ends show it
    possible,   ///< they do not rule it out
    ruled_out,  ///< they show that it is not this
};
[[nodiscard]] std::string_view fit_name(Fit fit);  ///< `shown`, `possible`, `ruled-out`

struct Cause {
    const Reason* reason = nullptr;
    Fit fit = Fit::possible;
    std::string why;  ///< one line: what speaks for it, or against
};

struct Diagnosis {
    /// The agreement. Where the ends agree and the symptom says that they fail, it is unknown, with the first cause that is left as the reason
    /// and the questions that would settle it; disagree only where the ends themselves show the one cause that is left.
    Agreement agreement;
    std::vector<Cause> causes;  ///< best first; without a symptom only what the ends show
};

/// The same of ends whose states do not speak for everything: `client` and `server` with the rest not known, the `installed` ones with the rest as a
/// release installs it. What holds in either case is certain; where it rests on what was not read the verdict is unknown, and says what it would
/// be as installed. Of ends that are whole both are the same.
[[nodiscard]] Diagnosis diagnose_partly(const End& client, const End& server, const End& installed_client, const End& installed_server, const Symptom* symptom);

/// `symptom` nullptr: none.
[[nodiscard]] Diagnosis diagnose(const End& client, const End& server, const Symptom* symptom);

}  // namespace schancfg::handshake
