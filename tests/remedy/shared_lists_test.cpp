// One profile with one list for two machines, where neither has what the other could take.
#include <random>

#include "handshake/scenes.hpp"
#include "law_states.hpp"
#include "handshake/two_ends.hpp"

using namespace two_ends;

namespace {

Machine listed(std::string_view release, const std::string& suites, const std::vector<std::string>& curves = {}) {
    Machine made = machine(release);
    if (!suites.empty()) made.state.set_value(policy_key, "Functions", Value::sz(suites));
    if (!curves.empty()) made.state.set_value(policy_key, "EccCurves", Value::multi_sz(curves));
    return made;
}

const remedy::Fix* for_both(const std::vector<remedy::Fix>& found) {
    const auto both = std::ranges::find_if(found, [](const remedy::Fix& fix) { return fix.side == handshake::Side::both && fix.kind == remedy::FixKind::profile; });
    return both == found.end() ? nullptr : &*both;
}

std::string after(const Scene& scene, const remedy::Fix& fix) {
    const Machine client = applied(*scene.client_machine, fix), server = applied(*scene.server_machine, fix);
    return dump(handshake::agree(remedy::make_end(client, Role::client), remedy::make_end(server, Role::server)));
}

}  // namespace

TEST_CASE("Two machines that have weak suites alone get one list of suites that both releases have", "[remedy]") {
    const Scene scene = connect(listed("2016", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
                                with_certificate(listed("2012-r2", "TLS_RSA_WITH_RC4_128_SHA"), certificate("RSA", 2048, "SHA256")));
    const auto found = two_ends::fixes(scene, two_ends::diagnose(scene));
    const remedy::Fix* both = for_both(found);
    REQUIRE(both != nullptr);
    CHECK(both->title == "Give both machines one list of cipher suites");
    CHECK_FALSE(both->weakens);
    REQUIRE(both->wanted.values.size() == 1);
    const std::string list = *both->wanted.values.front().value->as_string();
    CHECK(list.size() <= 1023);
    CHECK(list.find("3DES") > list.find("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"));
    CHECK(list.find("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256") != std::string::npos);
    CHECK(list.find("DHE_RSA_WITH_AES_256_GCM") == std::string::npos);
    CHECK(list.find("TLS_RSA_WITH_RC4_128_SHA") != std::string::npos);
    CHECK(after(scene, *both).starts_with("agree TLS 1.2"));
}

TEST_CASE("A list for both is not proposed where one machine alone can fix it", "[remedy]") {
    const Scene scene = connect(listed("2016", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                                with_certificate(listed("2019", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), certificate("RSA", 2048, "SHA256")));
    const auto found = two_ends::fixes(scene, two_ends::diagnose(scene));
    REQUIRE_FALSE(found.empty());
    CHECK(for_both(found) == nullptr);
}

TEST_CASE("Two machines that have short curves alone get one list of curves", "[remedy]") {
    const std::string ecdhe = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    const Scene scene = connect(listed("2016", ecdhe, {"nistP192"}), with_certificate(listed("2019", ecdhe, {"secP192k1"}), certificate("RSA", 2048, "SHA256")));
    const auto found = two_ends::fixes(scene, two_ends::diagnose(scene));
    const remedy::Fix* both = for_both(found);
    REQUIRE(both != nullptr);
    CHECK(both->title == "Give both machines one list of curves");
    const auto names = *both->wanted.values.front().value->as_strings();
    CHECK(names == std::vector<std::string>{"curve25519", "NistP256", "NistP384", "nistP192", "secP192k1"});
    CHECK(after(scene, *both).starts_with("agree TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
}

TEST_CASE("One profile for two machines removes the obstacle, whatever lists, switches and protocols were in the way", "[remedy][law]") {
    constexpr std::string_view releases[] = {"2012-r2", "2016", "2019", "2022", "windows-10-22h2", "windows-11-24h2"};
    constexpr std::string_view suites[] = {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA", "TLS_RSA_WITH_RC4_128_MD5", "TLS_RSA_WITH_NULL_SHA256"};
    constexpr std::string_view curves[] = {"nistP192", "secP192k1", "secP160k1", "NistP384"};
    std::mt19937 random(20261127);
    std::size_t proposed = 0, lists = 0;
    for (int round = 0; round < test::slow_law_states(150); ++round) {
        const auto make = [&] {
            std::string names;
            for (const std::string_view each : suites) {
                if (random() % 3 == 0) names.append(names.empty() ? "" : ",").append(each);
            }
            if (random() % 3 == 0) names = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
            std::vector<std::string> groups;
            if (random() % 2 == 0) groups.emplace_back(curves[random() % std::size(curves)]);
            Machine made = listed(releases[random() % std::size(releases)], names, groups);
            if (random() % 3 == 0) {
                for (const Role role : {Role::client, Role::server}) protocol(made, "TLS 1.2", role, false);
            }
            if (random() % 4 == 0) set(made, "Ciphers\\AES 256/256", "Enabled", 0);
            return made;
        };
        Machine client = make();
        const Scene scene = connect(std::move(client), with_certificate(make(), certificate("RSA", 2048, "SHA256")));
        const auto diagnosis = two_ends::diagnose(scene);
        if (diagnosis.agreement.verdict == Verdict::agree) continue;
        const auto found = two_ends::fixes(scene, diagnosis);
        const remedy::Fix* both = for_both(found);
        if (both == nullptr) continue;
        INFO("round " << round << ": " << scene.client_machine->release->id << " and " << scene.server_machine->release->id << ", " << both->title);
        if (both->conditions.empty()) CHECK(after(scene, *both).starts_with("agree"));
        CHECK_FALSE(both->weakens);
        ++proposed;
        lists += both->title.find("one list") != std::string::npos;
    }
    CHECK(proposed > 20);
    CHECK(lists > 10);
}
