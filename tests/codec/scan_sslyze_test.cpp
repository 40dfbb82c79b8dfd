#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

namespace {

std::string document(const std::string& servers, const std::string& version = "5.2.0") {
    return R"({"date_scans_started": "2025-03-04T10:00:00", "date_scans_completed": "2025-03-04T10:00:09", "server_scan_results": [)" + std::string("\n") + servers +
           R"(], "sslyze_url": "https://github.com/nabla-c0d3/sslyze", "sslyze_version": ")" + version + "\"}\n";
}

std::string server(const std::string& result, const std::string& host = "api.example", const std::string& ip = "192.0.2.7") {
    return R"({"connectivity_status": "COMPLETED", "scan_status": "COMPLETED", "server_location": {"hostname": ")" + host + R"(", "ip_address": ")" + ip +
           R"(", "port": 443}, "scan_result": {)" + result + "}}";
}

std::string command(const std::string& name, const std::string& result) {
    return "\"" + name + R"(": {"status": "COMPLETED", "error_reason": null, "result": {)" + result + "}}";
}

std::string suites(const std::string& name, const std::string& accepted, const std::string& supported = "true") {
    return command(name, R"("is_tls_version_supported": )" + supported + R"(, "rejected_cipher_suites": [], "accepted_cipher_suites": [)" + accepted + "]");
}

std::string suite(const std::string& name, const std::string& key = "null") {
    return R"({"cipher_suite": {"name": ")" + name + R"(", "is_anonymous": false, "key_size": 128, "openssl_name": "x"}, "ephemeral_key": )" + key + "}";
}

}  // namespace

TEST_CASE("sslyze's commands say yes and no, and its suites what key they exchanged", "[codec]") {
    const std::string text = document(server(
        suites("ssl_2_0_cipher_suites", "", "false") + "," + suites("ssl_3_0_cipher_suites", "", "false") + "," +
        R"("tls_1_0_cipher_suites": {"status": "ERROR", "error_reason": "BUG_IN_SSLYZE", "result": null},)" +
        R"("tls_1_1_cipher_suites": {"status": "NOT_SCHEDULED", "error_reason": null, "result": null},)" +
        suites("tls_1_2_cipher_suites", suite("TLS_RSA_WITH_AES_128_CBC_SHA") + "," +
                                            suite("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", R"({"type_name": "ECDH", "size": 256, "curve_name": "prime256v1"})") + "," +
                                            suite("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", R"({"type_name": "DH", "size": 1024, "prime": "0xAB", "generator": "0x02"})")) +
        "," + suites("tls_1_3_cipher_suites", suite("TLS_AES_128_GCM_SHA256", R"({"type_name": "ECDH", "size": 253, "curve_name": "X25519"})")) + "," +
        command("elliptic_curves", R"("supports_ecdh_key_exchange": true, "rejected_curves": [],
            "supported_curves": [{"name": "prime256v1", "openssl_nid": 415}, {"name": "X25519", "openssl_nid": 1034}])") + "," +
        command("certificate_info", R"("certificate_deployments": [{"received_certificate_chain": [{"public_key": {"algorithm": "RSAPublicKey", "key_size": 1024,
            "rsa_n": )" + std::string(617, '7') + R"(, "ec_curve_name": null}, "signature_hash_algorithm": {"name": "sha1", "digest_size": 20},
            "signature_algorithm_oid": {"name": "sha1WithRSAEncryption"}, "subject": {"rfc4514_string": "CN=api.example"},
            "not_valid_before": "2025-01-01T00:00:00Z", "not_valid_after": "2026-01-01T00:00:01"}]}])") + "," +
        command("session_renegotiation", R"("supports_secure_renegotiation": false)") + "," + command("tls_extended_master_secret", R"("supports_ems_extension": true)")));
    CHECK(said(text).empty());
    CHECK(show(text) == Lines{"api.example:443 (192.0.2.7)", "SSL 2.0 no", "SSL 3.0 no", "TLS 1.2 yes, all: 002F, C02F secp256r1, 009E 1024",
                              "TLS 1.3 yes, all: 1301 x25519", "groups: secp256r1 x25519, all", "DH: 1024 to 1024", "certificate: RSA 1024 RSA SHA1 CN=api.example from 1735689600 until 1767225601",
                              "secure renegotiation: no", "extended master secret: yes"});
    CHECK(peers(text)[0].not_tested == Lines{"TLS 1.0: sslyze did not try it, or failed", "TLS 1.1: sslyze did not try it, or failed",
                                             "whose order of suites counts: sslyze does not try"});
    CHECK(peers(text)[0].tool_version == "5.2.0");
    CHECK(peers(text)[0].time == "2025-03-04T10:00:09");
    CHECK(peers(text)[0].seen_at == 1741082409);
}

TEST_CASE("sslyze 5.0.0 does not say whether a protocol is supported, its suites do", "[codec]") {
    const auto answer = [](const std::string& accepted) {
        return show(document(server(command("tls_1_2_cipher_suites", R"("accepted_cipher_suites": [)" + accepted + R"(], "rejected_cipher_suites": [])")), "5.0.0"))[1];
    };
    CHECK(answer(suite("TLS_RSA_WITH_AES_128_CBC_SHA")) == "TLS 1.2 yes, all: 002F");
    CHECK(answer("") == "TLS 1.2 no");
    CHECK(show(document(server(suites("tls_1_0_cipher_suites", ""))))[1] == "TLS 1.0 yes");
}

TEST_CASE("A server with two certificates has two, one per deployment", "[codec]") {
    const std::string rsa = R"({"received_certificate_chain": [{"public_key": {"algorithm": "_RSAPublicKey", "key_size": 2048}, "signature_hash_algorithm": null,
        "signature_algorithm_oid": {"name": "RSASSA-PSS"}}]})";
    const std::string ec = R"({"received_certificate_chain": [{"public_key": {"algorithm": "EllipticCurvePublicKey", "key_size": 256, "ec_curve_name": "secp256r1"},
        "signature_hash_algorithm": {"name": "sha384"}, "signature_algorithm_oid": {"name": "ecdsa-with-SHA384"}}]})";
    const Lines lines = show(document(server(command("certificate_info", R"("certificate_deployments": [)" + rsa + "," + ec + "]"))));
    CHECK(lines == Lines{"api.example:443 (192.0.2.7)", "certificate: RSA 2048 RSA-PSS", "certificate: ECDSA 256 secp256r1 ECDSA SHA384"});
}

TEST_CASE("A server that sslyze did not reach gives no answer", "[codec]") {
    const std::string unreachable = R"({"connectivity_status": "ERROR", "scan_status": "ERROR_NO_CONNECTIVITY", "scan_result": null,
        "server_location": {"hostname": "2001:db8::7", "ip_address": "2001:db8::7", "port": 8443}})";
    const auto all = peers(document(unreachable + "," + server(suites("tls_1_2_cipher_suites", suite("TLS_RSA_WITH_AES_128_CBC_SHA")))));
    REQUIRE(all.size() == 2);
    CHECK(show(all[0]) == Lines{"[2001:db8::7]:8443", "no answer: sslyze could not connect"});
    CHECK(show(all[1])[1] == "TLS 1.2 yes, all: 002F");
}

TEST_CASE("Versions of sslyze before 3 are refused by name", "[codec]") {
    CHECK(said(R"({"sslyze_version": "2.1.4", "server_scan_results": []})") ==
          Lines{"s: scan-format: this is JSON of sslyze \"2.1.4\", whose members have other names | scan with sslyze 3 or later, or with nmap, sslscan or testssl.sh"});
    CHECK(said(R"({"accepted_targets": []})") ==
          Lines{"s: scan-format: this is JSON of sslyze of an unknown version, whose members have other names | scan with sslyze 3 or later, or with nmap, sslscan or testssl.sh"});
}

TEST_CASE("Members of another type than sslyze writes are errors with their line", "[codec]") {
    const auto error = [](const std::string& servers) { return said(document(servers)); };
    CHECK(error("7") == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"\" is not an object"});
    CHECK(error("{}") == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"server_location\" is not an object"});
    CHECK(error(R"({"server_location": {"hostname": "a", "port": "443"}})") == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"port\" is not a whole number"});
    CHECK(error(R"({"server_location": {"hostname": "a", "port": 0}})") == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"port\" is not a number from 1 to 65535"});
    CHECK(error(server(suites("tls_1_2_cipher_suites", "{}"))) == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"cipher_suite\" is not an object"});
    CHECK(error(server(suites("tls_1_2_cipher_suites", suite("")))) == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"name\" is not a string"});
    CHECK(error(server(R"("tls_1_2_cipher_suites": [])")) == Lines{"s:2:1: scan-shape: server_scan_results[0]: \"tls_1_2_cipher_suites\" is not an object"});
}

TEST_CASE("sslyze 3 and 4 put the result where 5 has the status, and what failed is not there", "[codec]") {
    const std::string text = R"({"server_connectivity_errors": [], "sslyze_version": "4.1.0", "server_scan_results": [{
"server_info": {"server_location": {"hostname": "api.example", "ip_address": "192.0.2.7", "port": 8443}, "tls_probing_result": {}}, "scan_commands_errors": {},
"scan_commands_results": {
"ssl_3_0_cipher_suites": {"accepted_cipher_suites": [], "rejected_cipher_suites": [], "tls_version_used": "SSL_3_0"},
"tls_1_2_cipher_suites": {"accepted_cipher_suites": [)" + suite("TLS_RSA_WITH_AES_128_CBC_SHA") + R"(], "rejected_cipher_suites": [], "tls_version_used": "TLS_1_2"},
"session_renegotiation": {"supports_secure_renegotiation": true},
"certificate_info": {"certificate_deployments": [{"received_certificate_chain": [{"publicKey": {"algorithm": "_RSAPublicKey", "size": 2048},
"signatureAlgorithm": "sha256", "subject": {"rfc4514_string": "CN=api.example"}}]}]}}}]})";
    CHECK(said(text).empty());
    CHECK(show(text) == Lines{"api.example:8443 (192.0.2.7)", "SSL 3.0 no", "TLS 1.2 yes, all: 002F", "certificate: RSA 2048 SHA256 CN=api.example", "secure renegotiation: yes"});
}
