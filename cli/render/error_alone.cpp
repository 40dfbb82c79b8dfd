#include "render/error_alone.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "console/columns.hpp"
#include "render/doctor.hpp"
#include "render/escape.hpp"
#include "render/json_text.hpp"
#include "schancfg/handshake/collect.hpp"

namespace schancfg::cli {
namespace {

using handshake::CauseClass;
using handshake::Collect;
using Json = nlohmann::ordered_json;

std::string_view collect_words(Collect what) {
    switch (what) {
        case Collect::client_state: return "the client's TLS settings, if it is Windows: run `schancfg export --format reg -o client.reg` there";
        case Collect::server_state: return "the server's TLS settings, if it is Windows: run `schancfg export --format reg -o server.reg` there";
        case Collect::server_scan: return "what the server offers: nmap -Pn -p PORT --script ssl-enum-ciphers,ssl-cert -oX scan.xml HOST";
        case Collect::event_log: return "Schannel's events on both ends at that time: System log, source Schannel, with EventLogging = 7";
        case Collect::program: return "which program it is, and for which .NET or API it is built: .NET before 4.7 and WinHTTP choose protocols themselves";
        case Collect::certificate_chain: return "the certificates that the server sends and the name that was asked for: openssl s_client -connect HOST:PORT -showcerts";
        case Collect::clocks: return "the date and time of both ends";
        case Collect::revocation_addresses: return "whether the revocation addresses in the certificate answer: certutil -verify -urlfetch CERTIFICATE";
        case Collect::private_key: return "provider and permissions of the certificate's private key: certutil -v -store my";
        case Collect::updates: return "build and updates of the Windows end: powershell Get-HotFix";
        case Collect::logon_events: return "the failed logon on the server and on a domain controller: Security log, event 4625";
        case Collect::reachability: break;
    }
    return "whether the port answers from the client: powershell Test-NetConnection HOST -Port PORT";
}

std::string about(const handshake::Symptom* symptom) {
    if (symptom == nullptr) return "Nothing in this text is known.";
    if (symptom->causes.empty()) return "It says nothing about a cause.";
    const CauseClass first = handshake::cause_class(*symptom->causes.front());
    // 12175 is trust more often than not, and may be a protocol all the same.
    const auto of_settings = [](const handshake::Reason* reason) { return handshake::cause_class(*reason) == CauseClass::settings; };
    if (std::ranges::any_of(symptom->causes, of_settings)) return {};
    switch (first) {
        case CauseClass::trust: return "This is about trust in a certificate, not about TLS settings.";
        case CauseClass::revocation: return "This is about checking whether a certificate is revoked, not about TLS settings.";
        case CauseClass::network: return "This is about the connection, before or below TLS settings.";
        case CauseClass::logon: return "This is about a logon, not about TLS settings.";
        case CauseClass::key:
        case CauseClass::settings: break;
    }
    return {};
}

std::string as_json(const std::string& text, const handshake::Symptom* symptom) {
    Json object{{"format_version", "1.0"}, {"command", "doctor"}, {"os", nullptr}, {"verdict", "unknown"}, {"protocol", nullptr},
                {"cipher_suite", nullptr}, {"reason", nullptr}, {"fixes", Json::array()}};
    object["error"] = {{"text", text}, {"known", symptom != nullptr}, {"meaning", symptom == nullptr ? std::string{} : symptom_words(*symptom)}};
    auto& causes = object["causes"] = Json::array();
    if (symptom != nullptr) {
        for (const handshake::Reason* reason : symptom->causes) {
            causes.push_back({{"id", reason->id}, {"class", handshake::cause_class_name(handshake::cause_class(*reason))}, {"title", reason->title}, {"remedy", reason->remedy}});
        }
    }
    auto& collect = object["collect"] = Json::array();
    for (const Collect what : handshake::to_collect(symptom)) collect.push_back({{"id", handshake::collect_name(what)}, {"message", collect_words(what)}});
    return json_text(object);
}

/// The first ones are worth their sentences; of the others the title does.
constexpr std::size_t explained_in_full = 3;

std::string as_text(const std::string& text, const handshake::Symptom* symptom, const Sheet& sheet) {
    const auto paragraph = [&sheet](std::string_view lead, std::string_view words) { return cli::paragraph(lead, words, sheet.columns); };
    std::string out = paragraph("", symptom == nullptr || symptom_words(*symptom).empty() ? escape(shorten(text, longest_cell)) : symptom_words(*symptom));
    if (const std::string first = about(symptom); !first.empty()) out += paragraph("", first);
    if (symptom != nullptr && !symptom->causes.empty()) {
        out += '\n' + sheet.paint.strong("possible causes, likeliest first") + '\n';
        std::size_t count = 0;
        for (const handshake::Reason* reason : symptom->causes) {
            ++count;
            out += paragraph(" " + std::to_string(count) + ". ", std::string(reason->title) + " [" + std::string(reason->id) + "]");
            if (count <= explained_in_full) out += paragraph("    ", reason->meaning) + paragraph("    ", reason->remedy);
        }
    }
    out += '\n' + sheet.paint.strong("what to collect") + '\n';
    for (const Collect what : handshake::to_collect(symptom)) out += paragraph(" - ", collect_words(what));
    return out + "\nThen compare the two ends:\n  schancfg doctor --client CLIENT --server SERVER --error ...\n";
}

std::string as_markdown(const std::string& text, const handshake::Symptom* symptom) {
    std::string out = "**" + escape(symptom == nullptr || symptom_words(*symptom).empty() ? shorten(text, longest_cell) : symptom_words(*symptom)) + "**\n\n";
    if (const std::string first = about(symptom); !first.empty()) out += first + "\n\n";
    if (symptom != nullptr) {
        for (const handshake::Reason* reason : symptom->causes) out += "1. " + std::string(reason->title) + " (`" + std::string(reason->id) + "`)\n";
    }
    out += "\nWhat to collect:\n\n";
    for (const Collect what : handshake::to_collect(symptom)) out += "- " + std::string(collect_words(what)) + '\n';
    return out;
}

}  // namespace

std::string show_error_alone(const std::string& text, const handshake::Symptom* symptom, const Options& options) {
    const std::string format = options.format();
    if (format == "json") return as_json(text, symptom);
    return format == "markdown" ? as_markdown(text, symptom) : as_text(text, symptom, sheet_for(options));
}

}  // namespace schancfg::cli
