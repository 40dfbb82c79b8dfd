#include "catch.hpp"
#include "scan_text.hpp"

using scan_text::Lines;
using scan_text::peers;
using scan_text::said;
using scan_text::show;

TEST_CASE("SSL Labs lists protocols, suites with their order, groups and the certificate of a client with SNI", "[codec]") {
    const std::string text = R"([{"host": "a.example", "port": 8443, "status": "READY", "engineVersion": "2.1.8", "endpoints": [{"ipAddress": "192.0.2.7", "details": {
"protocols": [{"id": 771, "name": "TLS", "version": "1.2"}, {"id": 772, "name": "TLS", "version": "1.3"}], "renegSupport": 2,
"suites": [{"protocol": 771, "preference": true, "list": [
  {"id": 49200, "name": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "namedGroupName": "secp384r1"}, {"id": 57, "name": "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "dhP": 256}]},
 {"protocol": 772, "preference": false, "list": [{"id": 4865, "name": "TLS_AES_128_GCM_SHA256", "namedGroupName": "x25519"}]}],
"namedGroups": {"list": [{"id": 29, "name": "x25519"}, {"id": 24, "name": "secp384r1"}]},
"certChains": [{"certIds": ["two"], "noSni": true}, {"certIds": ["one", "ca"], "noSni": false}]}}],
"certs": [{"id": "ca", "keyAlg": "RSA", "keySize": 4096, "sigAlg": "SHA1withRSA"}, {"id": "two", "keyAlg": "RSA", "keySize": 1024, "sigAlg": "SHA1withRSA"},
 {"id": "one", "subject": "CN=a.example", "keyAlg": "RSA", "keySize": 2048, "sigAlg": "SHA256withRSA", "notBefore": 1735689600000, "notAfter": 1767225601000}]}])";
    CHECK(said(text).empty());
    const auto all = peers(text);
    REQUIRE(all.size() == 1);
    CHECK(all[0].tool == "SSL Labs");
    CHECK(all[0].protocol("TLS 1.2")->preference == scan_text::Preference::server);
    CHECK(all[0].protocol("TLS 1.3")->preference == scan_text::Preference::client);
    CHECK(all[0].protocol("TLS 1.1")->offered == scan_text::Answer::no);
    CHECK(all[0].groups == Lines{"x25519", "secp384r1"});
    CHECK(all[0].groups_complete);
    CHECK(all[0].dh_min_bits == 2048);
    CHECK(all[0].secure_renegotiation == scan_text::Answer::yes);
    REQUIRE(all[0].certificates.size() == 1);
    CHECK(all[0].certificates[0].key_bits == 2048);
    CHECK(all[0].certificates[0].signature_hash == "SHA256");
    CHECK(all[0].certificates[0].subject == "CN=a.example");
    CHECK(all[0].certificates[0].valid_from == 1735689600);
    CHECK(all[0].certificates[0].valid_until == 1767225601);
}

TEST_CASE("Version 2 of its API has one list of suites, and never looked for TLS 1.3", "[codec]") {
    const std::string text = R"({"host": "a.example", "endpoints": [{"ipAddress": "192.0.2.7", "details": {"protocols": [{"id": 769, "name": "TLS", "version": "1.0"}],
"suites": {"list": [{"id": 51, "name": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "dhStrength": 1024}], "preference": true},
"key": {"size": 2048, "alg": "RSA"}, "cert": {"sigAlg": "SHA1withRSA", "subject": "CN=a.example"}}}, {"ipAddress": "192.0.2.8", "statusMessage": "Unable to connect to the server"}]})";
    const auto all = peers(text);
    REQUIRE(all.size() == 2);
    CHECK(all[0].port == 443);
    CHECK(all[0].protocol("TLS 1.3")->offered == scan_text::Answer::unknown);
    CHECK(all[0].protocol("TLS 1.2")->offered == scan_text::Answer::no);
    CHECK(all[0].protocol("TLS 1.0")->suites_complete);
    CHECK(all[0].dh_min_bits == 1024);
    CHECK(all[0].certificates[0].signature_hash == "SHA1");
    CHECK_FALSE(all[0].groups_complete);
    CHECK_FALSE(all[1].tls_answered);
    CHECK(all[1].not_tested == Lines{"SSL Labs did not finish: Unable to connect to the server"});
}

TEST_CASE("An assessment without an endpoint, or with members of another type, is an error", "[codec]") {
    CHECK(said(R"([{"host": "a", "endpoints": []}])") == Lines{"s:1:2: scan-no-tls: SSL Labs saw no endpoint of a | scan again when its status is READY"});
    CHECK(said(R"({"host": "a", "engineVersion": "2.1"})") == Lines{"s:1:1: scan-no-tls: SSL Labs saw no endpoint of a | scan again when its status is READY"});
    CHECK(said(R"([{"host": "a", "endpoints": [{"ipAddress": 7}]}])") == Lines{"s:1:2: scan-shape: host 1: \"ipAddress\" is not a string"});
    CHECK(said(R"([{"host": "a", "port": 70000, "endpoints": [{}]}])") == Lines{"s:1:2: scan-shape: host 1: \"port\" is not a number from 1 to 65535"});
    CHECK(said(R"([{"host": "a", "endpoints": [7]}])") == Lines{"s:1:2: scan-shape: host 1: \"endpoints\" is not objects"});
}
