// Each shipped profile on every release that it is for, against today's peers: those of tests/peers and untouched Windows machines.
//
// Whom it cuts off is written into the profile's page (lib/docs/profiles), and its header must name exactly these: a profile that cuts off somebody
// whom its header does not name fails here, and so does a header that frightens without reason. SCHANCFG_APPROVE=1 rewrites the pages.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "catch.hpp"
#include "schancfg/codec/peer_toml.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/handshake/agreement.hpp"
#include "schancfg/registry/overlay.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/defaults.hpp"
#include "schancfg/schannel/translate.hpp"

using namespace schancfg;
using facts::Role;
using handshake::End;
using handshake::Verdict;
using Names = std::set<std::string>;

namespace {

const schannel::PeerCertificate rsa{.key_type = "RSA", .key_bits = 2048, .curve = {}, .signature_hash = "SHA256", .signature_key = "RSA", .subject = {}};
const schannel::PeerCertificate ecdsa{
    .key_type = "ECDSA", .key_bits = 256, .curve = "secp256r1", .signature_hash = "SHA256", .signature_key = "ECDSA", .subject = {}};

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Known {
    std::string name;
    End end;
};

std::vector<Known> peers_of_files() {
    std::vector<Known> all;
    for (const auto& entry : std::filesystem::directory_iterator(SCHANCFG_SOURCE_DIR "/tests/peers")) {
        if (entry.path().extension() != ".toml") continue;
        const auto decoded = codec::decode_peer(read(entry.path()), entry.path().filename().string());
        for (const auto& d : decoded.diagnostics) UNSCOPED_INFO(d.span.file << ":" << d.span.line << ": " << d.message);
        REQUIRE(decoded);
        all.push_back({decoded.value->host, handshake::make_end(*decoded.value)});
    }
    std::ranges::sort(all, {}, &Known::name);
    return all;
}

std::vector<Known> windows_peers(Role role) {
    std::vector<Known> all;
    for (const char* id : {"windows-7", "windows-8.1", "windows-10-22h2", "windows-11-24h2", "windows-server-2008-r2", "windows-server-2012-r2",
                           "windows-server-2016", "windows-server-2019", "windows-server-2022", "windows-server-2025"}) {
        const facts::Release* release = facts::find_release(id);
        REQUIRE(release != nullptr);
        handshake::EndOptions options;
        if (role == Role::server) options.certificates = {rsa};
        std::string name(release->name);
        if (role == Role::server) name += " server";
        all.push_back({std::move(name), handshake::make_end(effect::evaluate(schannel::untouched(*release), *release, {}), role, options)});
    }
    return all;
}

// Clients and servers of today.
struct Peers {
    std::vector<Known> clients, servers;
};
const Peers& peers() {
    static const Peers all = [] {
        Peers made;
        for (Known& each : peers_of_files()) (each.end.role() == Role::client ? made.clients : made.servers).push_back(std::move(each));
        for (Known& each : windows_peers(Role::client)) made.clients.push_back(std::move(each));
        for (Known& each : windows_peers(Role::server)) made.servers.push_back(std::move(each));
        return made;
    }();
    return all;
}

struct Lost {
    std::vector<std::string> surely, perhaps;
    bool operator==(const Lost&) const = default;
};

// Who agreed with the machine before, and does not after; perhaps, where one of the two is not known.
Lost lost(const effect::Effect& before, const effect::Effect& after, Role role, const std::vector<schannel::PeerCertificate>& certificates) {
    handshake::EndOptions options;
    options.certificates = certificates;
    const End was = handshake::make_end(before, role, options);
    const End is = handshake::make_end(after, role, options);
    Lost found;
    for (const Known& each : role == Role::server ? peers().clients : peers().servers) {
        const auto verdict = [&](const End& machine) {
            return role == Role::server ? handshake::agree_briefly(each.end, machine).verdict : handshake::agree_briefly(machine, each.end).verdict;
        };
        const Verdict now = verdict(is);
        if (now == Verdict::agree) continue;
        const Verdict then = verdict(was);
        if (then == now || then == Verdict::disagree) continue;
        (then == Verdict::agree && now == Verdict::disagree ? found.surely : found.perhaps).push_back(each.name);
    }
    return found;
}

struct OnRelease {
    std::vector<std::size_t> releases;  // by their place among those that the profile is for
    Lost rsa, ecdsa, client;
};

// Before Windows 7 nothing is current any more.
std::vector<const facts::Release*> releases_for(const schannel::Profile& profile) {
    std::vector<const facts::Release*> allowed;
    for (const facts::Release& release : facts::releases()) {
        if (schannel::is_for(profile, release).value_or(release.build >= facts::Build{6, 1, 0})) allowed.push_back(&release);
    }
    return allowed;
}

// Releases that are alike stand in one row, in their order.
std::vector<OnRelease> play(const schannel::Profile& profile, const std::vector<const facts::Release*>& allowed) {
    std::vector<OnRelease> rows;
    for (std::size_t place = 0; place < allowed.size(); ++place) {
        const facts::Release& release = *allowed[place];
        const auto wanted = schannel::translate(profile, {.release = &release});
        INFO(release.id);
        for (const auto& d : wanted.diagnostics) UNSCOPED_INFO(d.message);
        REQUIRE(wanted);
        registry::Tree tree = schannel::untouched(release);
        const effect::Effect before = effect::evaluate(tree, release, {});
        registry::overlay(tree, *wanted.value);
        const effect::Effect after = effect::evaluate(tree, release, {});
        OnRelease row{{place}, lost(before, after, Role::server, {rsa}), lost(before, after, Role::server, {ecdsa}), lost(before, after, Role::client, {})};
        const auto same = std::ranges::find_if(rows, [&](const OnRelease& each) {
            return each.rsa == row.rsa && each.ecdsa == row.ecdsa && each.client == row.client;
        });
        if (same == rows.end()) rows.push_back(std::move(row));
        else same->releases.push_back(place);
    }
    return rows;
}

std::string joined(const auto& names) {
    std::string text;
    for (const auto& name : names) (text += text.empty() ? "" : ", ") += name;
    return text;
}

std::string cell(const Lost& lost) {
    std::string text = joined(lost.surely);
    if (!lost.perhaps.empty()) text += (text.empty() ? "not known: " : "; not known: ") + joined(lost.perhaps);
    return text.empty() ? "nobody" : text;
}

// `Windows 8.1, Windows 10 1507 to Windows 11 25H2`: neighbours among those that the profile is for, three and more, are a range.
std::string ranges(const std::vector<std::size_t>& places, const std::vector<const facts::Release*>& allowed) {
    std::string text;
    for (std::size_t at = 0; at < places.size();) {
        std::size_t end = at;
        while (end + 1 < places.size() && places[end + 1] == places[end] + 1) ++end;
        if (end - at < 2) end = at;
        (text += text.empty() ? "" : ", ") += allowed[places[at]]->name;
        if (end != at) (text += " to ") += allowed[places[end]]->name;
        at = end + 1;
    }
    return text;
}

std::string page(const schannel::BuiltinProfile& builtin, const schannel::Profile& profile, const std::vector<const facts::Release*>& allowed,
                 const std::vector<OnRelease>& rows) {
    std::string text = "# " + std::string(builtin.name) + "\n\n" + profile.description + "\n\n`schancfg profiles --show " + std::string(builtin.name) +
                       "` prints what it writes; its text is in `profiles/" + std::string(builtin.name) +
                       ".toml`.\n\n## Whom it cuts off\n\nOf today's peers (`tests/peers`, each with its source, and untouched Windows machines), those that reach an "
                       "untouched machine and do not reach one with this profile. The table is made by a test.\n\n"
                       "| on | clients, where the server has an RSA certificate | clients, where it has an ECDSA certificate | servers |\n| --- | --- | --- | --- |\n";
    for (const OnRelease& row : rows) text += "| " + ranges(row.releases, allowed) + " | " + cell(row.rsa) + " | " + cell(row.ecdsa) + " | " + cell(row.client) + " |\n";
    return text;
}

// The names behind `# Cuts off or may cut off clients: A, B.` in the header; its next lines are indented.
Names named(std::string_view text, std::string_view heading) {
    const std::string line = "# " + std::string(heading) + ": ";
    const std::size_t start = text.find(line);
    if (start == std::string_view::npos) return {};
    std::string list;
    std::size_t at = start + line.size();
    while (true) {
        const std::size_t end = text.find('\n', at);
        list += text.substr(at, end - at);
        if (list.ends_with('.') || !text.substr(end + 1).starts_with("#   ")) break;
        list += ' ';
        at = end + 5;
    }
    if (list.ends_with('.')) list.pop_back();
    Names names;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t comma = std::min(list.find(", ", from), list.size());
        names.insert(list.substr(from, comma - from));
        from = comma + 2;
    }
    return names;
}

// As the header is to say it.
std::string paragraph(std::string_view heading, const Names& names) {
    if (names.empty()) return {};
    std::string text = "# " + std::string(heading) + ":";
    std::size_t width = text.size();
    std::size_t left = names.size();
    for (const std::string& name : names) {
        const std::string word = name + (--left == 0 ? "." : ",");
        if (width + word.size() + 1 > 128) {
            text += "\n#  ";
            width = 4;
        }
        text += ' ' + word;
        width += word.size() + 1;
    }
    return text + '\n';
}

}  // namespace

TEST_CASE("Each peer file names its source, and agrees with an untouched machine of today", "[profiles]") {
    const facts::Release& release = *facts::find_release("windows-server-2022");
    const effect::Effect effect = effect::evaluate(schannel::untouched(release), release, {});
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(SCHANCFG_SOURCE_DIR "/tests/peers")) {
        if (entry.path().extension() != ".toml") continue;
        ++files;
        INFO(entry.path());
        CHECK(read(entry.path()).starts_with("# "));
    }
    CHECK(files >= 28);
    for (const Known& each : peers_of_files()) {
        INFO(each.name);
        handshake::EndOptions options;
        options.certificates = {rsa};
        const bool is_client = each.end.role() == Role::client;
        const End machine = handshake::make_end(effect, is_client ? Role::server : Role::client, is_client ? options : handshake::EndOptions{});
        CHECK((is_client ? handshake::agree_briefly(each.end, machine) : handshake::agree_briefly(machine, each.end)).verdict == Verdict::agree);
    }
}

TEST_CASE("A profile cuts off whom its header names and nobody else, and its page says where", "[profiles]") {
    const bool approve = std::getenv("SCHANCFG_APPROVE") != nullptr;
    for (const schannel::BuiltinProfile& builtin : schannel::builtin_profiles()) {
        INFO(builtin.name);
        const auto profile = codec::decode_profile(builtin.text, builtin.name, {});
        REQUIRE(profile);
        const auto allowed = releases_for(*profile.value);
        const std::vector<OnRelease> rows = play(*profile.value, allowed);
        REQUIRE_FALSE(rows.empty());
        Names clients, servers;
        for (const OnRelease& row : rows) {
            for (const auto& [lost, of] : {std::pair<const Lost*, Names*>{&row.rsa, &clients}, {&row.ecdsa, &clients}, {&row.client, &servers}}) {
                of->insert(lost->surely.begin(), lost->surely.end());
                of->insert(lost->perhaps.begin(), lost->perhaps.end());
            }
        }
        for (const auto& [heading, found] : {std::pair<std::string_view, const Names&>{"Cuts off or may cut off clients", clients},
                                             {"Cuts off or may cut off servers", servers}}) {
            INFO("the header is to say:\n" << paragraph(heading, found));
            CHECK((named(builtin.text, heading) == found));
        }
        const std::string path = SCHANCFG_SOURCE_DIR "/lib/docs/profiles/" + std::string(builtin.name) + ".md";
        const std::string made = page(builtin, *profile.value, allowed, rows);
        if (approve) std::ofstream(path, std::ios::binary) << made;
        INFO("SCHANCFG_APPROVE=1 rewrites " << path);
        CHECK((read(path) == made));
    }
}
