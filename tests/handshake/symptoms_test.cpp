#include "schancfg/handshake/symptoms.hpp"

#include <algorithm>
#include <set>

#include "scenes.hpp"

using namespace two_ends;
using handshake::Symptom;

namespace {

/// `event 36887, alert 40 handshake_failure: no-common-suite`.
std::string read(std::string_view text) {
    const auto symptom = handshake::read_symptom(text);
    if (!symptom) return "not understood";
    std::string out;
    const auto add = [&](const std::string& part) { out.append(out.empty() ? "" : ", ").append(part); };
    if (symptom->code != nullptr) add(symptom->code->kind == facts::CodeKind::event ? "event " + std::to_string(symptom->code->number) : std::string(symptom->code->name));
    if (symptom->alert_number) add("alert " + std::to_string(*symptom->alert_number) + (symptom->alert_received ? " received" : ""));
    if (symptom->message != nullptr) add(std::string(symptom->message->by) + " text");
    if (!symptom->causes.empty()) out.append(": ").append(symptom->causes.front()->id);
    return out;
}

}  // namespace

TEST_CASE("Symptoms are read as people have them: codes, events, alerts, texts", "[handshake]") {
    CHECK(read("0x80090331") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("0X80090331") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("80090331") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("-2146893007") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("2148074289") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("sec_e_algorithm_mismatch") == "SEC_E_ALGORITHM_MISMATCH: no-common-suite");
    CHECK(read("36887:40") == "event 36887, alert 40 received: no-common-suite");
    CHECK(read("Schannel 36887:40 since the update") == "event 36887, alert 40 received: no-common-suite");
    CHECK(read("the log has 36887: 40 times today") == "event 36887: no-common-suite");
    CHECK(read("36888 51") == "event 36888, alert 51: broken-dh");
    CHECK(read("port 3389 of 10.0.0.7: event 36887, alert 70") == "event 36887, alert 70 received: no-common-protocol");
    CHECK(read("event 36887 alert 70") == "event 36887, alert 70 received: no-common-protocol");
    CHECK(read("36888, 51") == "event 36888, alert 51: broken-dh");
    CHECK(read("36888 from 10 hosts") == "event 36888: no-common-suite");
    CHECK(read("Event 36888: A fatal alert was generated. The TLS protocol defined fatal alert code is 51. The internal error state is 1203.") ==
          "event 36888, alert 51, Schannel text: not-tls");
    CHECK(read("36874") == "event 36874: no-common-suite");
    CHECK(read("36880") == "event 36880");
    CHECK(read("alert 40") == "alert 40: no-common-suite");
    CHECK(read("fatal alert: handshake_failure") == "alert 40: no-common-suite");
    CHECK(read("alert number 116") == "alert 116: client-certificate");
    CHECK(read("12175") == "ERROR_WINHTTP_SECURE_FAILURE: certificate-not-trusted");
    CHECK(read("0x80072f7d") == "ERROR_WINHTTP_SECURE_CHANNEL_ERROR: no-common-protocol");
    CHECK(read("The request was aborted: Could not create SSL/TLS secure channel.") == ".NET Framework text: no-common-protocol");
    CHECK(read("A call to SSPI failed, see inner exception.") == ".NET Framework text: certificate-key-too-short");
    CHECK(read("A call to SSPI failed, see inner exception. ---> The message received was unexpected or badly formatted") ==
          "SEC_E_ILLEGAL_MESSAGE, SSPI text: no-common-protocol");
    CHECK(read("the client and server cannot communicate, because they do not possess a common algorithm") ==
          "SEC_E_ALGORITHM_MISMATCH, SSPI text: no-common-suite");
    CHECK(read("net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH") == "ERR_SSL_VERSION_OR_CIPHER_MISMATCH: no-common-protocol");
    CHECK(read("Error code: SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY") == "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY: dh-too-short");
    CHECK(read("ERR_SSL_BAD_RECORD_MAC_ALERT") == "ERR_SSL_BAD_RECORD_MAC_ALERT, alert 20: version-intolerance");
    CHECK(read("|       Key exchange (dh 1024) of lower strength than certificate key") == "nmap text: dh-too-short");
    CHECK(read("error:0A000126:SSL routines::unexpected eof while reading:../ssl/record/rec_layer_s3.c:308: dh key too small") == "OpenSSL text: dh-too-short");
    CHECK(read("sslv3 alert handshake failure") == "alert 40, OpenSSL text: no-common-suite");
}

TEST_CASE("What is not a symptom is not understood, and the nearest name is offered", "[handshake]") {
    for (const char* text : {"", "  ", "it does not work", "alert", "alert 256", "alert 4000000000", "0x", "0x1", "36900", "99999999999999999999", "-", "\xFF\xFE", "4"}) {
        INFO(text);
        CHECK(read(text) == "not understood");
    }
    CHECK(handshake::nearest_symptom("SEC_E_ALGORITM_MISMATCH") == "SEC_E_ALGORITHM_MISMATCH");
    CHECK(handshake::nearest_symptom("SSL_ERROR_NO_CIPHER_OVERLAP") == "SSL_ERROR_NO_CYPHER_OVERLAP");
    CHECK(handshake::nearest_symptom("handshake_failur") == "handshake_failure");
    CHECK(handshake::nearest_symptom("hello").empty());
    CHECK(read(std::string(1U << 20U, 'a')) == "not understood");
    CHECK(read(std::string(1U << 20U, ' ') + "36874") == "not understood");
    CHECK(handshake::nearest_symptom(std::string(1U << 20U, 'A')).empty());
}

TEST_CASE("Every code and message that says something has its causes, and only known ones", "[handshake]") {
    for (const handshake::KnownMessage& message : handshake::known_messages()) {
        INFO(message.text);
        const auto symptom = handshake::read_symptom(message.text);
        REQUIRE(symptom);
        // A longer text may hold a shorter one that is known by itself.
        REQUIRE(symptom->message != nullptr);
        // Some events only inform.
        const bool informs = message.event == 36864 || message.event == 36865 || message.event == 36866 || message.event == 36885;
        if (!informs) CHECK_FALSE(symptom->causes.empty());
        if (!message.code.empty()) CHECK(facts::find_code(message.code) != nullptr);
    }
    for (const facts::Code& code : facts::codes()) {
        if (code.kind != facts::CodeKind::browser_error && code.kind != facts::CodeKind::winhttp_error) continue;
        INFO(code.name);
        const auto symptom = handshake::read_symptom(code.name);
        REQUIRE(symptom);
        CHECK(symptom->code == &code);
        CHECK_FALSE(symptom->causes.empty());
    }
    for (std::uint32_t event = 36870; event <= 36888; ++event) CHECK(handshake::read_symptom(std::to_string(event)).has_value());
}

TEST_CASE("What two ends show sorts the causes of a symptom", "[handshake]") {
    const auto ranked = [](const Scene& scene) {
        std::string text;
        for (const handshake::Cause& cause : two_ends::diagnose(scene).causes) {
            text.append(text.empty() ? "" : ", ").append(cause.reason->id).append(" ").append(handshake::fit_name(cause.fit));
        }
        return text;
    };
    // A wrong record: at TLS 1.2 with a device the version, at TLS 1.0 with TLS_DHE the group, with another Windows neither.
    CHECK(ranked(with_error(connect(machine("2019"), tls12_claimer()), "bad_record_mac")).starts_with("version-intolerance possible, extended-master-secret possible"));
    CHECK(ranked(with_error(connect(machine("windows-10-1511"), printer(1024, false)), "bad_record_mac")).starts_with("broken-dh possible"));
    const std::string both = ranked(with_error(connect(machine("2019"), with_certificate(machine("2022"), certificate("RSA", 2048, "SHA256"))), "bad_record_mac"));
    CHECK(both.starts_with("interception possible, version-intolerance ruled-out, broken-dh ruled-out, extended-master-secret ruled-out"));
    // Where the ends show a cause it comes first, whatever the symptom would rather mean.
    CHECK(ranked(with_error(connect(machine("windows-10-1507"), printer(512, false)), "Could not create SSL/TLS secure channel")).starts_with("dh-too-short shown"));
    // And a symptom that cannot come of that is not made to fit.
    const auto diagnosis = two_ends::diagnose(with_error(connect(machine("2019"), with_certificate(machine("2022"), certificate("RSA", 2048, "SHA256"))), "SEC_E_STRONG_CRYPTO_NOT_SUPPORTED"));
    CHECK(diagnosis.agreement.verdict == Verdict::unknown);
    CHECK(diagnosis.agreement.message.find("no known cause of this error fits") != std::string::npos);
    CHECK(diagnosis.causes.front().fit == handshake::Fit::ruled_out);
    CHECK_FALSE(diagnosis.agreement.questions.empty());
}

TEST_CASE("Without a symptom the causes are what the ends show", "[handshake]") {
    const auto agree = two_ends::diagnose(connect(machine("2019"), tls12_only_server()));
    CHECK(agree.agreement.verdict == Verdict::agree);
    CHECK(agree.causes.empty());
    const auto disagree = two_ends::diagnose(connect(machine("2008-r2"), tls12_only_server()));
    REQUIRE(disagree.causes.size() == 1);
    CHECK(disagree.causes.front().fit == handshake::Fit::shown);
}

TEST_CASE("Schannel's sentence of an alert says which end sent it, also without the event's number", "[handshake]") {
    CHECK(handshake::read_symptom("A fatal alert was received from the remote endpoint.")->alert_received);
    CHECK_FALSE(handshake::read_symptom("A fatal alert was generated and sent to the remote endpoint.")->alert_received);
}
