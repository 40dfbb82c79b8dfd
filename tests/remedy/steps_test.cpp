// The values of single steps: which, how much, and in which role.
#include "handshake/two_ends.hpp"

using namespace two_ends;
using handshake::Side;
using remedy::Fix;
using remedy::FixKind;

namespace {

std::vector<Fix> fixed(const Scene& scene) { return two_ends::fixes(scene, two_ends::diagnose(scene)); }

/// `ClientMinKeyBitLength 1024`, or `ClientMaxKeyBitLength -` where it goes: of the first profile with that title.
std::string asked(const std::vector<Fix>& fixes, Side side, std::string_view title) {
    const auto found = std::ranges::find_if(fixes, [&](const Fix& fix) { return fix.kind == FixKind::profile && fix.side == side && fix.title == title; });
    if (found == fixes.end()) return "none";
    std::string text;
    for (const auto& value : found->wanted.values) {
        const auto number = value.value ? value.value->as_dword() : Result<std::uint32_t>(std::unexpected(Error{}));
        text += (text.empty() ? "" : ", ") + value.name + " " + (number ? std::to_string(*number) : "-");
    }
    return text + (found->weakens ? ", weakens" : "");
}

Peer server_with(std::initializer_list<std::string_view> suites, const PeerCertificate& of) {
    Peer made = peer(Role::server, {{"TLS 1.2", std::vector<std::string_view>(suites)}});
    made.groups = {"secp256r1", "secp521r1"};
    made.groups_complete = true;
    made.certificates = {of};
    return made;
}

const PeerCertificate good = certificate("RSA", 2048, "SHA256");

}  // namespace

TEST_CASE("Lengths of RSA keys are asked for as the server has them, or the limit goes", "[remedy]") {
    Machine strict = machine("2019");
    set(strict, "KeyExchangeAlgorithms\\PKCS", "ClientMinKeyBitLength", 3072);
    const auto short_key = fixed(connect(std::move(strict), server_with({"TLS_RSA_WITH_AES_128_CBC_SHA"}, good)));
    CHECK(asked(short_key, Side::client, "Accept RSA keys of 2048 bits from servers") == "ClientMinKeyBitLength 2048, weakens");
    Machine limited = machine("2019");
    set(limited, "KeyExchangeAlgorithms\\PKCS", "ClientMaxKeyBitLength", 2048);
    const auto long_key = fixed(connect(std::move(limited), server_with({"TLS_RSA_WITH_AES_128_CBC_SHA"}, certificate("RSA", 4096, "SHA256"))));
    CHECK(asked(long_key, Side::client, "Accept RSA keys of any length") == "ClientMaxKeyBitLength -");
    // Of two certificates the one with an RSA key is meant.
    Peer both = server_with({"TLS_RSA_WITH_AES_128_CBC_SHA"}, certificate("RSA", 512, "SHA256"));
    both.certificates.push_back(certificate("ECDSA", 521, "SHA256", "secp521r1"));
    CHECK(asked(fixed(connect(machine("2019"), both)), Side::client, "Accept RSA keys of 512 bits from servers") == "ClientMinKeyBitLength 512, weakens");
}

TEST_CASE("A hash that comes back is a danger where its signatures can be forged, whether it was switched off or left out of a list", "[remedy]") {
    constexpr std::string_view suite = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    const auto switched_off = [&](std::string_view gate, std::string_view hash) {
        Machine client = machine("2019");
        set(client, std::string("Hashes\\").append(gate), "Enabled", 0);
        return fixed(connect(std::move(client), server_with({suite}, certificate("RSA", 2048, hash))));
    };
    CHECK(asked(switched_off("SHA", "SHA1"), Side::client, "Switch SHA on again") == "Enabled 4294967295, weakens");
    CHECK(asked(switched_off("SHA256", "SHA256"), Side::client, "Switch SHA256 on again") == "Enabled 4294967295");
    const auto left_out = [&](std::string_view hash) {
        Machine client = machine("2019");
        client.state.set_value(KeyPath(Root::local_machine, R"(SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010003)"), "Functions", Value::multi_sz({"RSA/SHA512"}));
        return fixed(connect(std::move(client), server_with({suite}, certificate("RSA", 2048, hash))));
    };
    CHECK(asked(left_out("SHA1"), Side::client, "Put SHA1 into the list of signature algorithms").ends_with("weakens"));
    CHECK_FALSE(asked(left_out("SHA256"), Side::client, "Put SHA256 into the list of signature algorithms").ends_with("weakens"));
    CHECK(asked(left_out("SHA256"), Side::client, "Put SHA256 into the list of signature algorithms") != "none");
}

TEST_CASE("Lengths of Diffie-Hellman groups are those of the role, as long as the other end wants them", "[remedy]") {
    Machine strict = machine("2019");
    set(strict, "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMinKeyBitLength", 3072);
    const auto short_group = fixed(connect(std::move(strict), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}, good)));
    CHECK(asked(short_group, Side::client, "Accept Diffie-Hellman groups of 2048 bits") == "ClientMinKeyBitLength 2048, weakens");
    CHECK(asked(short_group, Side::client, "Do not use TLS_DHE") == "none");
    // Shorter than any that a machine can be told to accept.
    const auto shortest = fixed(connect(machine("2019"), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh512"}, good)));
    CHECK(asked(shortest, Side::client, "Accept Diffie-Hellman groups of 512 bits") == "ClientMinKeyBitLength 512, weakens");
    const auto too_short = fixed(connect(machine("2019"), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh384"}, good)));
    CHECK(std::ranges::none_of(too_short, [](const Fix& fix) { return fix.side == Side::client && fix.title.find("Diffie-Hellman groups of") != std::string::npos; }));

    Machine limited = machine("2019");
    set(limited, "KeyExchangeAlgorithms\\Diffie-Hellman", "ClientMaxKeyBitLength", 1024);
    const auto long_group = fixed(connect(std::move(limited), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}, good)));
    CHECK(asked(long_group, Side::client, "Accept Diffie-Hellman groups of any length") == "ClientMaxKeyBitLength -");

    Peer client = caller({{"TLS 1.2", {"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}}});
    client.dh_min_bits = 3072;
    Machine weak = machine("2019");
    weak.options.certificates = {good};
    set(weak, "KeyExchangeAlgorithms\\Diffie-Hellman", "ServerMinKeyBitLength", 1024);
    CHECK(asked(fixed(connect(client, std::move(weak))), Side::server, "Use Diffie-Hellman groups of 3072 bits") == "ServerMinKeyBitLength 3072");
    client.dh_min_bits = 1536;
    Machine weaker = machine("2019");
    weaker.options.certificates = {good};
    set(weaker, "KeyExchangeAlgorithms\\Diffie-Hellman", "ServerMinKeyBitLength", 1024);
    CHECK(asked(fixed(connect(client, std::move(weaker))), Side::server, "Use Diffie-Hellman groups of 2048 bits") == "ServerMinKeyBitLength 2048");
    client.dh_min_bits = 512;
    client.dh_max_bits = 1024;
    Machine strong = machine("2019");
    strong.options.certificates = {good};
    CHECK(asked(fixed(connect(client, std::move(strong))), Side::server, "Use Diffie-Hellman groups of 1024 bits") == "ServerMinKeyBitLength 1024, weakens");
    client.dh_max_bits = 512;
    Machine stronger = machine("2019");
    stronger.options.certificates = {good};
    CHECK(asked(fixed(connect(client, std::move(stronger))), Side::server, "Use Diffie-Hellman groups of 512 bits") == "ServerMinKeyBitLength 512, weakens");
}

TEST_CASE("The curve of the server's certificate is added though another curve is common", "[remedy]") {
    const auto fixes = fixed(connect(machine("2019"), server_with({"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}, certificate("ECDSA", 521, "SHA256", "secp521r1"))));
    const auto found = std::ranges::find(fixes, FixKind::profile, &Fix::kind);
    REQUIRE(found != fixes.end());
    CHECK(found->title == "Put nistP521 into the list of curves");
    CHECK(found->text == "By policy, which replaces the local list. Enable-TlsEccCurve -Name nistP521 adds it to the local list instead.");
    CHECK_FALSE(found->weakens);
}

TEST_CASE("The fault of one TLS_DHE handshake in 256 is answered by the update, and by no TLS_DHE where that helps", "[remedy]") {
    const auto fixes = fixed(with_error(connect(machine("2016"), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048", "TLS_RSA_WITH_AES_128_CBC_SHA"}, good)), "event 36888"));
    for (const Fix& fix : fixes) {
        if (fix.kind == FixKind::update) CHECK((fix.updates == std::vector<std::string>{"KB4537806"} || fix.updates == std::vector<std::string>{"KB4540670"}));
    }
    const auto titles = [](std::string_view release) {
        const Scene scene = connect(machine(release), server_with({"TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 dh2048"}, good));
        handshake::Diagnosis diagnosis = two_ends::diagnose(scene);
        diagnosis.agreement.verdict = Verdict::unknown;
        diagnosis.agreement.reason = handshake::find_reason("dhe-leading-zero");
        std::string all;
        for (const Fix& fix : two_ends::fixes(scene, diagnosis)) all.append(fix.title).append("; ");
        return all;
    };
    CHECK(titles("2016") == "Install KB4537806 or a later cumulative update; ");
}

TEST_CASE("Protocols are enabled in the role that lacks them", "[remedy]") {
    Machine server = machine("2008-sp2");
    server.options.certificates = {good};
    Peer client = caller({{"TLS 1.2", {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
    const auto fixes = fixed(connect(client, std::move(server)));
    const auto found = std::ranges::find_if(fixes, [](const Fix& fix) { return fix.kind == FixKind::profile && fix.title == "Enable TLS 1.2 for connections that this machine accepts"; });
    REQUIRE(found != fixes.end());
    CHECK(found->builtin == "tls11-tls12-server");
    CHECK(found->wanted.values.size() == 2);

    Machine modern = machine("2019");
    protocol(modern, "TLS 1.2", Role::client, false);
    const auto of_client = fixed(connect(std::move(modern), server_with({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}, good)));
    CHECK(asked(of_client, Side::client, "Enable TLS 1.2 for connections that this machine makes") == "DisabledByDefault 0, Enabled 1");
}

TEST_CASE("WinHTTP on 7 and 2008 R2 gets the update, its mask and the protocol's client switch, in both views", "[remedy]") {
    Machine client = machine("2008-r2");
    client.options.application = handshake::find_application("winhttp");
    const auto fixes = fixed(connect(std::move(client), server_with({"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"}, good)));
    const auto found = std::ranges::find_if(fixes, [](const Fix& fix) { return fix.title == "Let programs that use WinHTTP offer TLS 1.2"; });
    REQUIRE(found != fixes.end());
    CHECK(found->updates == std::vector<std::string>{"KB3140245"});
    std::size_t masks = 0, switches = 0;
    for (const auto& value : found->wanted.values) {
        masks += value.name == "DefaultSecureProtocols" && (value.value->as_dword().value_or(0) & 0x800U) != 0 ? 1U : 0U;
        switches += value.key.to_string().ends_with("TLS 1.2\\Client") ? 1U : 0U;
    }
    CHECK(masks == 2);
    CHECK(switches == 2);
    CHECK(found->wanted.values.size() == 4);
}

TEST_CASE("The extended master secret goes for its own sake alone, and where it is on", "[remedy]") {
    constexpr std::string_view without = "Disable the extended master secret";
    const auto of = [&](std::string_view error, bool is_off, Answer server_has = Answer::no) {
        Peer server = server_with({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}, good);
        server.extended_master_secret = server_has;
        Machine client = machine("2019");
        if (is_off) set(client, "", "DisableClientExtendedMasterSecret", 1);
        return asked(fixed(with_error(connect(std::move(client), std::move(server)), error)), Side::client, without);
    };
    CHECK(of("0x8009030F", false) == "DisableClientExtendedMasterSecret 1, weakens");
    CHECK(of("0x8009030F", true) == "none");
    for (const char* other : {"0x8009030D", "0x80090327", "10054", "bad_record_mac"}) CHECK(of(other, false, Answer::yes) == "none");
}

TEST_CASE("The suites that HTTP/2 forbids go behind the others, on the server", "[remedy]") {
    constexpr std::string_view cbc = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", gcm = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    Machine server = machine("2019");
    server.options.certificates = {good};
    server.state.set_value(policy_key, "Functions", Value::sz(std::string(cbc).append(",TLS_NO_SUCH_SUITE,").append(gcm)));
    Peer client = caller({{"TLS 1.2", {cbc, gcm}}});
    client.groups = {"secp256r1"};
    const auto fixes = fixed(with_error(connect(client, std::move(server)), "ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY"));
    const auto found = std::ranges::find(fixes, "Put the suites that HTTP/2 allows first", &Fix::title);
    REQUIRE(found != fixes.end());
    CHECK(found->side == Side::server);
    CHECK(found->wanted.values.front().value->as_string() == "TLS_NO_SUCH_SUITE," + std::string(gcm) + "," + std::string(cbc));
}

TEST_CASE("What a fix asks for is met by other data that do the same", "[remedy]") {
    Machine client = machine("2019");
    protocol(client, "TLS 1.2", Role::client, false);
    const auto fixes = fixed(connect(std::move(client), server_with({"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 secp256r1"}, good)));
    const auto found = std::ranges::find(fixes, "Enable TLS 1.2 for connections that this machine makes", &Fix::title);
    REQUIRE(found != fixes.end());
    const auto* enabled = found->wanted.find(schannel_key.below("Protocols\\TLS 1.2\\Client"), "Enabled");
    REQUIRE(enabled != nullptr);
    const Value all = Value::dword(0xFFFFFFFF);
    CHECK(enabled->is_met_by(&all));
}

TEST_CASE("WinHTTP's update is asked for below 8.1 and 2012 R2, the client switch on 7 and 2008 R2 from TLS 1.1 on", "[remedy]") {
    const auto of = [](std::string_view release, std::string_view version) {
        Machine client = machine(release);
        client.options.application = handshake::find_application("winhttp");
        for (const char* software : {"SOFTWARE", "SOFTWARE\\Wow6432Node"}) {
            client.state.set_value(KeyPath(Root::local_machine, software).below("Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"), "DefaultSecureProtocols", Value::dword(0x20));
        }
        client.circumstances.updates = {"KB3140245"};
        Peer server = peer(Role::server, {{version, {"TLS_RSA_WITH_AES_128_CBC_SHA"}}});
        server.certificates = {good};
        const auto fixes = fixed(connect(std::move(client), server));
        const auto found = std::ranges::find(fixes, "Let programs that use WinHTTP offer " + std::string(version), &Fix::title);
        if (found == fixes.end()) return std::string("none");
        std::string text(found->updates.empty() ? "" : found->updates.front());
        if (std::ranges::any_of(found->wanted.values, [](const auto& value) { return value.name == "Enabled"; })) text += " switch";
        return text;
    };
    CHECK(of("windows-7", "TLS 1.2") == "KB3140245 switch");
    CHECK(of("windows-7", "TLS 1.1") == "KB3140245 switch");
    CHECK(of("windows-7", "TLS 1.0") == "KB3140245");
    CHECK(of("2012", "TLS 1.2") == "KB3140245");
    CHECK(of("2012-r2", "TLS 1.2").empty());
}
