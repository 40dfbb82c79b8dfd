#include "scenes.hpp"

#include <algorithm>

#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace two_ends;
using remedy::Fix;
using remedy::FixKind;
using handshake::Side;

namespace {

std::string asked_again(const Scene& scene, const Fix& fix, const handshake::Diagnosis& before) {
    End client = scene.client(), server = scene.server();
    const auto change = [&](Side side, const std::unique_ptr<Machine>& of, Role role, End& end) {
        if (fix.side != side && fix.side != Side::both) return;
        if (of) {
            end = remedy::make_end(applied(*of, fix), role);
        } else {
            end.peer = remedy::with_fix(end.peer, fix);
        }
    };
    change(Side::client, scene.client_machine, Role::client, client);
    change(Side::server, scene.server_machine, Role::server, server);
    const Agreement again = handshake::agree(client, server);
    if (again.verdict != Verdict::agree) return dump(again);
    // What the symptom named must be out of the way, too.
    handshake::Symptom symptom;
    symptom.causes = {before.agreement.reason};
    const auto causes = handshake::diagnose(client, server, &symptom).causes;
    const bool is_later = before.agreement.reason->stage == handshake::Stage::later;
    return is_later && causes.front().fit != handshake::Fit::ruled_out ? "still possible" : "agree";
}

const NamedScene& scene_named(const std::vector<NamedScene>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &NamedScene::name);
    REQUIRE(found != all.end());
    return *found;
}

struct Told {
    handshake::Diagnosis diagnosis;
    std::vector<Fix> fixes;
};

Told tell(std::string_view name) {
    const auto all = scenes();
    const Scene scene = scene_named(all, name).make();
    Told reported{two_ends::diagnose(scene), {}};
    reported.fixes = two_ends::fixes(scene, reported.diagnosis);
    return reported;
}

const Fix* fix_of(const Told& reported, FixKind kind, Side side, std::string_view title = {}) {
    const auto found = std::ranges::find_if(reported.fixes, [&](const Fix& fix) {
        return fix.kind == kind && fix.side == side && fix.title.find(title) != std::string::npos;
    });
    return found == reported.fixes.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("Each known evening is distinguished by its reason", "[handshake]") {
    for (const NamedScene& each : scenes()) {
        INFO(each.name);
        const auto diagnosis = two_ends::diagnose(each.make());
        // What only an error says, and no offer shows, is a suspicion.
        const bool suspected = handshake::find_reason(each.reason)->stage == handshake::Stage::later;
        CHECK(dump(diagnosis.agreement) == std::string(suspected ? "unknown " : "disagree ").append(each.reason));
        CHECK(diagnosis.agreement.questions.empty() != suspected);
        CHECK_FALSE(diagnosis.agreement.message.empty());
        CHECK_FALSE(diagnosis.agreement.evidence.empty());
        REQUIRE_FALSE(diagnosis.causes.empty());
        CHECK(diagnosis.causes.front().reason->id == each.reason);
    }
}

TEST_CASE("Applying any fix and asking again gives agree", "[handshake]") {
    std::size_t tried = 0;
    for (const NamedScene& each : scenes()) {
        const Scene scene = each.make();
        const auto diagnosis = two_ends::diagnose(scene);
        const auto fixes = two_ends::fixes(scene, diagnosis);
        INFO(each.name);
        CHECK_FALSE(fixes.empty());
        for (const Fix& fix : fixes) {
            INFO(remedy::fix_kind_name(fix.kind) << " at " << handshake::side_name(fix.side) << ": " << fix.title);
            CHECK(fix.reason == diagnosis.agreement.reason);
            CHECK_FALSE(fix.title.empty());
            if (fix.weakens) CHECK_FALSE(fix.risk.empty());
            if (fix.kind == FixKind::advice) continue;
            // What helps under a condition alone is tried in the room of fixes.
            const std::string again = asked_again(scene, fix, diagnosis);
            CHECK((again == "agree" || (!fix.conditions.empty() && again.starts_with("unknown"))));
            ++tried;
        }
        // Something that can be done, besides advice.
        CHECK(std::ranges::any_of(fixes, [](const Fix& fix) { return fix.kind != FixKind::advice; }));
    }
    CHECK(tried >= scenes().size());
}

TEST_CASE("2008 R2 gets TLS 1.2 for the role concerned, or the whole machine with WinHTTP and .NET", "[handshake]") {
    const Told reported = tell("2008 R2 calls a server with TLS 1.2 only");
    CHECK(reported.diagnosis.agreement.message.find("the client offers SSL 3.0 and TLS 1.0, perhaps SSL 2.0; the server takes TLS 1.2") != std::string::npos);
    const Fix* smallest = fix_of(reported, FixKind::profile, Side::client, "Enable TLS 1.2 for connections that this machine makes");
    REQUIRE(smallest != nullptr);
    CHECK(smallest->wanted.values.size() == 2);
    const Fix* whole = fix_of(reported, FixKind::profile, Side::client, "whole machine");
    REQUIRE(whole != nullptr);
    CHECK(whole->updates == std::vector<std::string>{"KB3140245"});
    CHECK(whole->wanted.values.size() == 8 + 2 + 8);
}

TEST_CASE("WinHTTP and .NET are named where they leave a protocol out that Schannel has", "[handshake]") {
    const Told winhttp = tell("WinHTTP on 2008 R2 calls a server with TLS 1.2 only");
    const Fix* mask = fix_of(winhttp, FixKind::profile, Side::client, "WinHTTP");
    REQUIRE(mask != nullptr);
    CHECK(mask->updates == std::vector<std::string>{"KB3140245"});
    const Told dotnet = tell(".NET 4.0 on 2012 R2 calls a machine forced to TLS 1.2");
    CHECK(dotnet.diagnosis.agreement.message.find(".NET Framework 4.0 asks for SSL 3.0 and TLS 1.0") != std::string::npos);
    CHECK(dotnet.diagnosis.agreement.evidence.front().client_origin.find("default of .NET Framework 4.0") != std::string::npos);
    CHECK(fix_of(dotnet, FixKind::application, Side::client, "TLS 1.2") != nullptr);
    CHECK(fix_of(dotnet, FixKind::profile, Side::client, ".NET") != nullptr);
    CHECK(dotnet.fixes.front().kind != FixKind::profile);
}

TEST_CASE("The one value that is switched off is named, with its end", "[handshake]") {
    struct Row {
        std::string_view scene, side, gate, value, words;
    };
    for (const Row& row : {Row{"AES 256 is off on the client", "client", "cipher AES 256/256", "SCHANNEL\\Ciphers\\AES 256/256: Enabled", "cipher AES 256/256"},
                           Row{"SHA is off on the server", "server", "hash SHA", "SCHANNEL\\Hashes\\SHA: Enabled", "hash SHA"},
                           Row{"ECDH is off on the client", "client", "key-exchange ECDH", "SCHANNEL\\KeyExchangeAlgorithms\\ECDH: Enabled", "key exchange ECDH"}}) {
        INFO(row.scene);
        const Told reported = tell(row.scene);
        REQUIRE_FALSE(reported.diagnosis.agreement.blockers.empty());
        const handshake::Blocker& blocker = reported.diagnosis.agreement.blockers.front();
        CHECK(blocker.alone);
        CHECK(handshake::side_name(blocker.side) == row.side);
        REQUIRE(blocker.missing.gates.size() == 1);
        CHECK(blocker.missing.gates.front().to_string() == row.gate);
        CHECK(blocker.missing.origins.front().to_string().ends_with(row.value));
        CHECK(reported.diagnosis.agreement.message.find(row.words) != std::string::npos);
    }
}

TEST_CASE("A short DH group is answered by new firmware, by no TLS_DHE where that helps, and last by a weaker machine", "[handshake]") {
    const Told alone = tell("printer with 512-bit DH and nothing else");
    CHECK(alone.fixes.front().kind == FixKind::advice);
    CHECK(alone.fixes.front().side == Side::server);
    CHECK(fix_of(alone, FixKind::profile, Side::client, "Do not use TLS_DHE") == nullptr);
    const Fix* weak = fix_of(alone, FixKind::profile, Side::client, "512 bits");
    REQUIRE(weak != nullptr);
    CHECK(weak->builtin == "weak-dh-peer");
    CHECK(weak->weakens);
    CHECK(weak->wanted.values.size() == 1);

    const Told rsa = tell("printer with 512-bit DH and RSA key exchange");
    const Fix* without = fix_of(rsa, FixKind::profile, Side::client, "Do not use TLS_DHE");
    REQUIRE(without != nullptr);
    CHECK(without->builtin == "no-dh");
    CHECK(without < fix_of(rsa, FixKind::profile, Side::client, "512 bits"));

    const Told old = tell("printer with 512-bit DH, 2012 R2 with the updates");
    CHECK(fix_of(old, FixKind::profile, Side::client, "512 bits") != nullptr);
}

TEST_CASE("A device that breaks TLS 1.2 gets its application's protocols restricted, never the machine's", "[handshake]") {
    const Told reported = tell("printer that claims TLS 1.2 and breaks it");
    CHECK(reported.fixes.front().kind == FixKind::advice);
    const Fix* application = fix_of(reported, FixKind::application, Side::client);
    REQUIRE(application != nullptr);
    CHECK(application->protocols == std::vector<std::string>{"TLS 1.0", "TLS 1.1"});
    CHECK(std::ranges::none_of(reported.fixes, [](const Fix& fix) { return fix.kind == FixKind::profile; }));
}

TEST_CASE("SHA-512 certificates need KB2973337 or another certificate", "[handshake]") {
    const Told client = tell("SHA-512 certificate and 2012 R2 without KB2973337");
    const Fix* update = fix_of(client, FixKind::update, Side::client);
    REQUIRE(update != nullptr);
    CHECK(update->updates == std::vector<std::string>{"KB2973337"});
    CHECK(update->title == "Install KB2973337 on Windows Server 2012 R2");
    CHECK(fix_of(client, FixKind::certificate, Side::server, "SHA256") != nullptr);
    const Told server = tell("SHA-512 client certificate and 2012 R2 without KB2973337");
    CHECK(fix_of(server, FixKind::update, Side::server) != nullptr);
    CHECK(fix_of(server, FixKind::certificate, Side::client, "SHA256") != nullptr);
}

TEST_CASE("Certificates that a device cannot take are not setting of Schannel", "[handshake]") {
    for (const std::string_view name : {"device that cannot verify a SHA-256 certificate", "device that takes RSA keys of 1024 bits at most"}) {
        INFO(name);
        const Told reported = tell(name);
        CHECK(reported.fixes.front().kind == FixKind::advice);
        CHECK(reported.fixes.front().side == Side::client);
        const Fix* certificate = fix_of(reported, FixKind::certificate, Side::server);
        REQUIRE(certificate != nullptr);
        CHECK(certificate->weakens);
        CHECK(certificate->text.find("No setting of Schannel") != std::string::npos);
        CHECK(std::ranges::none_of(reported.fixes, [](const Fix& fix) { return fix.kind == FixKind::profile; }));
    }
    const Told shortest = tell("512-bit RSA certificate after a change to TLS 1.2 only");
    CHECK(shortest.fixes.front().title.find("2048") != std::string::npos);
}

TEST_CASE("Two machines with different values get the values of both, and one profile for both", "[handshake]") {
    const Told reported = tell("two servers with different ciphers switched off");
    const auto has = [&](Side side, std::string_view gate) {
        return std::ranges::any_of(reported.diagnosis.agreement.blockers, [&](const handshake::Blocker& blocker) {
            return blocker.side == side && !blocker.missing.gates.empty() && blocker.missing.gates.front().to_string() == gate;
        });
    };
    CHECK(has(Side::client, "cipher AES 256/256"));
    CHECK(has(Side::server, "cipher AES 128/128"));
    const Fix* both = fix_of(reported, FixKind::profile, Side::both);
    REQUIRE(both != nullptr);
    CHECK(both->wanted.values.size() == 3);
    CHECK(fix_of(reported, FixKind::profile, Side::client) != nullptr);
    CHECK(fix_of(reported, FixKind::profile, Side::server) != nullptr);
}

TEST_CASE("What is in the way of a key exchange is a curve, not a suite, where they have no curve in common", "[handshake]") {
    Machine one_curve = machine("2019");
    one_curve.state.set_value(policy_key, "EccCurves", Value::multi_sz({"curve25519"}));
    const Agreement agreement = diagnose(connect(std::move(one_curve), scanned({{"TLS 1.2", {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp384r1"}}}))).agreement;
    REQUIRE(agreement.reason != nullptr);
    CHECK(agreement.reason->code == handshake::ReasonId::no_common_curve);
    REQUIRE_FALSE(agreement.blockers.empty());
    const handshake::Blocker& curve = agreement.blockers.front();
    CHECK(curve.missing.kind == handshake::Missing::Kind::group);
    CHECK(curve.missing.name == "secp384r1");
    CHECK(curve.alone);
}
