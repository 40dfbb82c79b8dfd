// Under which conditions a fix helps.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Condition;
using remedy::ConditionKind;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<std::string> conditions(const Fix& fix) {
    std::vector<std::string> texts;
    for (const Condition& each : fix.conditions) texts.push_back(remedy::condition_text(each));
    return texts;
}

using Words = std::vector<std::string>;

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

void policy(Machine& machine, const char* suites) { machine.state.set_value(policy_key, "Functions", Value::sz(suites)); }

Fix profile_of(const std::vector<Fix>& fixes) {
    const auto found = std::ranges::find(fixes, FixKind::profile, &Fix::kind);
    REQUIRE(found != fixes.end());
    return *found;
}

}  // namespace

TEST_CASE("A condition is a clause that names the end and what it has", "[remedy]") {
    CHECK(remedy::condition_text({ConditionKind::certificate_key, Side::server, {"ECDSA"}, 0}) == "the server's certificate has an ECDSA key");
    CHECK(remedy::condition_text({ConditionKind::groups, Side::client, {"secp256r1"}, 0}) == "the client takes the curve secp256r1");
    CHECK(remedy::condition_text({ConditionKind::groups, Side::server, {"x25519", "secp256r1", "secp384r1"}, 0}) == "the server takes one of x25519, secp256r1 or secp384r1");
    CHECK(remedy::condition_text({ConditionKind::protocol, Side::server, {"TLS 1.2"}, 0}) == "the server speaks TLS 1.2");
    CHECK(remedy::condition_text({ConditionKind::suites, Side::client, {"TLS_RSA_WITH_AES_128_CBC_SHA"}, 0}) == "the client takes TLS_RSA_WITH_AES_128_CBC_SHA");
    CHECK(remedy::condition_text({ConditionKind::dh_bits, Side::server, {}, 2048}) == "the server uses Diffie-Hellman groups of 2048 bits or more");
    CHECK(remedy::condition_text({ConditionKind::dh_bits, Side::client, {}, 1024}) == "the client takes Diffie-Hellman groups of 1024 bits");
}

TEST_CASE("A suite for a server whose certificate nobody knows helps with the key that it needs", "[remedy]") {
    for (const std::string_view kind : {"RSA", "ECDSA"}) {
        Machine server = machine("2019");
        policy(server, kind == "RSA" ? "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" : "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        Peer client = caller({{"TLS 1.2", {kind == "RSA" ? "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" : "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
        client.groups = {"secp256r1"};
        const auto fixes = fixed(connect(client, std::move(server)));
        CHECK(conditions(profile_of(fixes)) == Words{"the server's certificate has an " + std::string(kind) + " key"});
        // Once the certificate is known, nothing is left open.
        Machine known = machine("2019");
        policy(known, kind == "RSA" ? "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" : "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        known.options.certificates = {kind == "RSA" ? certificate("RSA", 2048, "SHA256") : certificate("ECDSA", 256, "SHA256", "secp256r1")};
        CHECK(conditions(profile_of(fixed(connect(client, std::move(known))))).empty());
    }
}

TEST_CASE("Curves that a file does not say make a fix conditional, not gone", "[remedy]") {
    Machine client = machine("10-1809");
    policy(client, "TLS_RSA_WITH_AES_256_GCM_SHA384");
    Peer server = peer(Role::server, {{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}}});
    server.certificates = {certificate("ECDSA", 384, "SHA256", "secp384r1")};
    server.groups.clear();
    const auto fixes = fixed(connect(std::move(client), server));
    const Fix fix = profile_of(fixes);
    CHECK(fix.title == "Put TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 into the list of cipher suites");
    CHECK(conditions(fix) == Words{"the server takes one of x25519, secp256r1 or secp384r1"});
}

TEST_CASE("A length that a file does not say makes a fix conditional", "[remedy]") {
    Machine client = machine("2016");
    policy(client, "TLS_RSA_WITH_AES_256_CBC_SHA");
    Peer server = peer(Role::server, {{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    const auto fixes = fixed(connect(std::move(client), server));
    CHECK(conditions(profile_of(fixes)) == Words{"the server uses Diffie-Hellman groups of 1024 bits or more"});
}
