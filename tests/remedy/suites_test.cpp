// What is done to lists of suites and curves.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

Peer only(std::string_view suite) {
    Peer server = peer(Role::server, {{"TLS 1.2", {suite}}});
    server.groups = {"secp256r1", "secp521r1"};
    server.groups_complete = true;
    server.certificates = {certificate("RSA", 2048, "SHA256")};
    return server;
}

std::string list_of(const Fix& fix, std::string_view value = "Functions") {
    for (const auto& each : fix.wanted.values) {
        if (each.name != value) continue;
        CHECK(each.key == policy_key);
        if (const auto strings = each.value->as_strings()) {
            std::string text;
            for (const std::string& one : *strings) text += (text.empty() ? "" : ",") + one;
            return text;
        }
        return each.value->as_string().value_or("");
    }
    return {};
}

Fix profile_of(const std::vector<Fix>& fixes) {
    const auto found = std::ranges::find(fixes, FixKind::profile, &Fix::kind);
    REQUIRE(found != fixes.end());
    return *found;
}

void policy(Machine& machine, const std::string& suites) { machine.state.set_value(policy_key, "Functions", Value::sz(suites)); }

}  // namespace

TEST_CASE("A strong suite goes to the front of the policy list and a weak one to its end", "[remedy]") {
    Machine strong = machine("2019");
    policy(strong, "TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA");
    const Fix front = profile_of(fixed(connect(std::move(strong), only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))));
    CHECK(list_of(front) == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA");
    CHECK(front.text.empty());
    CHECK(front.risk.empty());
    CHECK_FALSE(front.weakens);
    CHECK(front.restart);

    Machine weak = machine("2016");
    policy(weak, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA");
    const auto fixes = fixed(connect(std::move(weak), only("TLS_RSA_WITH_3DES_EDE_CBC_SHA")));
    const Fix back = profile_of(fixes);
    CHECK(list_of(back) == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_3DES_EDE_CBC_SHA");
    CHECK(back.weakens);
    CHECK(back.risk == "3DES is weak when much is sent (SWEET32); everybody may pick it, not this end alone");
}

TEST_CASE("Where no policy list is, one is made of the list that rules, and the cmdlet is named where there is one", "[remedy]") {
    Machine local = machine("2019");
    const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    local.state.set_value(key, "Functions", Value::multi_sz({"TLS_RSA_WITH_AES_256_CBC_SHA"}));
    const Fix fix = profile_of(fixed(connect(std::move(local), only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))));
    CHECK(list_of(fix) == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA");
    CHECK(fix.text.starts_with("By policy, which replaces the local list"));
    CHECK(fix.text.ends_with("Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 adds it to the local list instead."));
}

TEST_CASE("The cmdlet is named from Windows 10 on, the first one included, and on no older release", "[remedy]") {
    const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    for (const auto& [release, suite] : {std::pair{"10-1507", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}, std::pair{"8.1", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}}) {
        INFO(release);
        Machine local = machine(release);
        local.state.set_value(key, "Functions", Value::multi_sz({"TLS_RSA_WITH_AES_128_CBC_SHA256"}));
        const Fix fix = profile_of(fixed(connect(std::move(local), only(suite))));
        CHECK(fix.text.starts_with("By policy, which replaces the local list"));
        CHECK((fix.text.find("Enable-TlsCipherSuite") != std::string::npos) == (std::string_view(release) == "10-1507"));
    }
}

TEST_CASE("A policy list stays within 1023 characters, and what has no room is a risk", "[remedy]") {
    Machine full = machine("2016");
    std::string all;
    const effect::Effect effect = effect::evaluate(full.state, *full.release, full.circumstances);
    for (const auto& entry : effect.cipher_suites.listed) {
        if (entry.name != "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") all += (all.empty() ? "" : ",") + entry.name;
    }
    REQUIRE(all.size() > 1023);
    const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002");
    std::vector<std::string> names;
    for (const auto& entry : effect.cipher_suites.listed) {
        if (entry.name != "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") names.push_back(entry.name);
    }
    full.state.set_value(key, "Functions", Value::multi_sz(names));
    const Fix fix = profile_of(fixed(connect(std::move(full), only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))));
    const std::string list = list_of(fix);
    CHECK(list.size() <= 1023);
    CHECK(list.size() > 1023 - 45);
    CHECK(list.starts_with("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,"));
    // What works only for who asks goes first, then the last of the list.
    CHECK(list.find("NULL") == std::string::npos);
    CHECK(fix.risk.starts_with("the policy list holds 1023 characters, and there is no room for "));
    CHECK(fix.risk.find("NULL") == std::string::npos);
    CHECK(fix.risk.find("TLS_RSA_WITH_RC4_128_MD5") != std::string::npos);
    CHECK(fix.risk.find("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384") == std::string::npos);
}

TEST_CASE("A suite that is listed no more and switched off as well gets both in one step", "[remedy]") {
    Machine client = machine("2019");
    policy(client, "TLS_RSA_WITH_AES_128_CBC_SHA");
    set(client, "Ciphers\\AES 256/256", "Enabled", 0);
    const Fix fix = profile_of(fixed(connect(std::move(client), only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))));
    CHECK(fix.title == "Put TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 into the list of cipher suites, switch AES 256/256 on again");
    CHECK(fix.wanted.values.size() == 2);
}

TEST_CASE("Suites that the server's certificate does not serve are not proposed", "[remedy]") {
    Machine server = machine("2019");
    policy(server, "TLS_RSA_WITH_AES_256_CBC_SHA");
    server.options.certificates = {certificate("RSA", 2048, "SHA256")};
    Peer client = caller({{"TLS 1.2", {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}}});
    client.groups = {"secp256r1"};
    for (const Fix& fix : fixed(connect(client, std::move(server)))) {
        if (fix.kind == FixKind::profile) CHECK(list_of(fix).find("ECDSA") == std::string::npos);
    }
}

TEST_CASE("A curve is added behind those of the policy list, and old short ones weaken", "[remedy]") {
    Machine client = machine("2019");
    client.state.set_value(policy_key, "EccCurves", Value::multi_sz({"NistP384"}));
    Peer server = only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    const auto fixes = fixed(connect(std::move(client), server));
    const Fix fix = profile_of(fixes);
    CHECK(fix.title == "Put NistP256 into the list of curves");
    CHECK(list_of(fix, "EccCurves") == "NistP384,NistP256");
    CHECK(fix.text.empty());
    CHECK_FALSE(fix.weakens);
    // secP256r1 and secP521r1 are other names of these two.
    std::vector<std::string> titles;
    for (const Fix& each : fixes) {
        if (each.title.ends_with("into the list of curves")) titles.push_back(each.title);
    }
    CHECK(titles == std::vector<std::string>{"Put NistP256 into the list of curves", "Put nistP521 into the list of curves"});
}

TEST_CASE("Names of a list lose their blanks when a suite is added, and one that is misspelt is put right", "[remedy]") {
    Machine client = machine("2019");
    policy(client, " TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA\t, tls_ecdhe_rsa_with_aes_256_gcm_sha384 ");
    for (const Fix& fix : fixed(connect(std::move(client), only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")))) {
        if (fix.kind != FixKind::profile) continue;
        CHECK(list_of(fix) == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA");
    }
}

TEST_CASE("A list of 1023 characters has room, and one of a character more has not", "[remedy]") {
    const std::string wanted = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", other = "TLS_RSA_WITH_AES_128_CBC_SHA";
    for (const std::size_t more : {0U, 1U}) {
        const std::string unknown(1023 - wanted.size() - other.size() - 2 + more, 'X');
        Machine client = machine("2019");
        policy(client, other + "," + unknown);
        const std::string list = list_of(profile_of(fixed(connect(std::move(client), only(wanted)))));
        CHECK(list == wanted + "," + other + (more == 0 ? "," + unknown : ""));
    }
}

TEST_CASE("A curve of 224 bits does not weaken, and one of 192 does", "[remedy]") {
    for (const auto& [group, weakens] : {std::pair{"secp224r1", false}, {"secp192r1", true}}) {
        Peer server = only("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        server.groups = {group};
        const Fix fix = profile_of(fixed(connect(machine("2019"), server)));
        INFO(fix.title);
        CHECK(fix.title.ends_with("into the list of curves"));
        CHECK(fix.weakens == weakens);
    }
}
