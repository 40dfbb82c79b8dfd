// Real scans from public repositories: <corpus>/scans. What is read is counted against the file's own words.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "catch.hpp"
#include "scan_text.hpp"

using namespace scan_text;

namespace {

struct File {
    std::string name, bytes;
};

std::vector<File> scans() {
    std::vector<File> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(SCHANCFG_CORPUS) / "scans")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files.push_back({entry.path().parent_path().filename().string() + "/" + entry.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
    }
    std::ranges::sort(files, {}, &File::name);
    return files;
}

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) ++found;
    return found;
}

std::size_t count(const std::string& text, const std::regex& pattern) {
    return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()));
}

// What a file says, counted in its text.
struct Counts {
    std::size_t peers = 0, answered = 0, protocols = 0, suites = 0, groups = 0;
    bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& c) {
    return out << c.peers << " peers, " << c.answered << " answered, " << c.protocols << " protocols, " << c.suites << " suites, " << c.groups << " groups";
}

Counts counted(const std::vector<Peer>& peers) {
    Counts counts{.peers = peers.size()};
    for (const Peer& peer : peers) {
        counts.answered += peer.tls_answered;
        counts.protocols += static_cast<std::size_t>(std::ranges::count(peer.protocols, Answer::yes, &schancfg::schannel::PeerProtocol::offered));
        counts.suites += peer.suites.size();
        if (peer.groups_complete) counts.groups += peer.groups.size();
    }
    return counts;
}

Counts nmap_counts(const std::string& text) {
    Counts counts{.peers = count(text, "<port protocol=\"tcp\""), .answered = count(text, "<script id=\"ssl-enum-ciphers\"")};
    counts.protocols = count(text, std::regex("<table key=\"(SSLv3|TLSv1\\.[0-3])\">"));
    counts.suites = count(text, "<elem key=\"name\">");
    if (counts.protocols == 0) {  // nmap 6.00 wrote lines
        counts.protocols = count(text, std::regex("&#xa;  (SSLv3|TLSv1\\.[0-2])&#xa;"));
        counts.suites = count(text, std::regex("&#xa;      (TLS|SSL)_[A-Z0-9_]+ - "));
    }
    return counts;
}

Counts sslscan_counts(const std::string& text) {
    Counts counts{.peers = count(text, "<ssltest "), .answered = count(text, "<ssltest ")};
    counts.suites = count(text, std::regex("<cipher status=\"(accepted|preferred)\""));
    std::set<std::string> protocols, groups;
    const std::regex protocol("<cipher status=\"(?:accepted|preferred)\" sslversion=\"([^\"]+)\""), group("<group [^>]*id=\"([^\"]+)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), protocol), end; at != end; ++at) protocols.insert((*at)[1]);
    for (std::sregex_iterator at(text.begin(), text.end(), group), end; at != end; ++at) groups.insert((*at)[1]);
    counts.protocols = protocols.size();
    counts.groups = groups.size();
    return counts;
}

// Suites stand in the lists by protocol, or, where there is none, in findings of their own.
Counts testssl_counts(const std::string& text) {
    Counts counts{.peers = 1, .answered = 1};
    std::set<std::string> protocols, suites;
    const std::regex offered("\"(SSLv[23]|TLS1(?:_[123])?)\"[^}]*\"finding\" *: \"offered"), list("\"(?:cipherorder|supportedciphers)_(\\w+)\"[^}]*\"finding\" *: \"([^\"]*)\"");
    for (std::sregex_iterator at(text.begin(), text.end(), offered), end; at != end; ++at) {
        std::string name = (*at)[1];
        if (name.starts_with("TLS")) name.insert(3, "v");
        protocols.insert(name);
    }
    for (std::sregex_iterator at(text.begin(), text.end(), list), end; at != end; ++at) {
        protocols.insert((*at)[1]);
        const std::string names = (*at)[2];
        counts.suites += count(names, std::regex("\\S+"));
    }
    counts.protocols = protocols.size();
    std::smatch curves;
    if (std::regex_search(text, curves, std::regex("ECDHE_curves\"[^}]*\"finding\" *: \"([^\"]*)\""))) counts.groups = count(curves[1].str(), std::regex("\\S+"));
    return counts;
}

Counts sslyze_counts(const std::string& text) {
    Counts counts{.peers = count(text, "\"server_location\""), .answered = count(text, std::regex("\"scan_status\" *: *\"COMPLETED\"")) + count(text, "\"scan_commands_results\"")};
    // Accepted ones have it, rejected ones an error; before 4 the one that was preferred stands there once more.
    counts.suites = count(text, "\"ephemeral_key\"") - count(text, std::regex("\"cipher_suite_preferred_by_server\" *: *\\{"));
    // Protocols: those that accepted one, or are said to be supported.
    const std::regex section("\"(ssl_[23]_0|tls_1_[0123])_cipher_suites\"");
    for (std::sregex_iterator at(text.begin(), text.end(), section), end; at != end; ++at) {
        const auto from = static_cast<std::size_t>(at->position());
        std::size_t to = text.find("_cipher_suites\": {", from + 40);
        for (const char* next : {"\"tls_1_3_early_data\"", "\"tls_compression\"", "\"scan_status\""}) to = std::min(to, text.find(next, from));
        const std::string body = text.substr(from, to - from);
        counts.protocols += body.find("\"ephemeral_key\"") != std::string::npos || std::regex_search(body, std::regex("\"is_tls_version_supported\" *: *true"));
    }
    const std::regex supported("\"supported_curves\" *: *\\[([^\\]]*)\\]");
    for (std::sregex_iterator at(text.begin(), text.end(), supported), end; at != end; ++at) counts.groups += count((*at)[1].str(), "\"name\"");
    return counts;
}

// As the flat JSON of the same findings.
std::string json_of_csv(const std::string& text) {
    return std::regex_replace(text, std::regex("\"([^\"\n]*)\",\"([^\"\n]*)\",\"([^\"\n]*)\",\"([^\"\n]*)\",\"([^\"\n]*)\"[^\n]*"),
                              "{\"id\": \"$1\", \"ip\": \"$2\", \"port\": \"$3\", \"severity\": \"$4\", \"finding\": \"$5\"},");
}

Counts ssllabs_counts(const std::string& text) {
    Counts counts{.peers = count(text, "\"ipAddress\""), .answered = count(text, "\"hostStartTime\"")};
    counts.suites = count(text.substr(0, text.find("\"noSniSuites\"")), "\"cipherStrength\"");
    counts.protocols = count(text, std::regex("\"name\" *: *\"(TLS|SSL)\", *\\s*\"version\""));
    const std::size_t groups = text.find("\"namedGroups\"");
    if (groups != std::string::npos) counts.groups = count(text.substr(groups, text.find(']', groups) - groups), "\"bits\"");
    return counts;
}

// Each looked at by hand, and why: the start of the file's name, the start of the error.
const std::vector<std::pair<std::string, std::string>> refused{
    {"testssl/x676f64__Testssl.sh-JSON-Merger__172.217.22.35_p443-20180319-1622_30868e", "scan-syntax: there is more text behind the end of the JSON"},
    {"sslyze/DefectDojo__django-DefectDojo__report_one_target_three_vuln", "scan-format: this is XML of sslyze, which only its versions before 2.0 wrote"},
    {"sslyze/Syslifters__reptor__sslyze", "scan-format: this is JSON of sslyze \"1.4.3\""},
    {"sslyze/secureCodeBox__secureCodeBox__securecodebox.io", "scan-format: this is JSON of sslyze \"1.4.3\""},
};

}  // namespace

TEST_CASE("Real scans are read with all their hosts, protocols, suites and groups", "[codec]") {
    std::size_t read = 0;
    std::set<std::string> refused_ones;
    for (const File& file : scans()) {
        CAPTURE(file.name);
        const Lines lines = said(file.bytes);
        const auto reason = std::ranges::find_if(refused, [&](const auto& row) { return file.name.starts_with(row.first); });
        if (reason != refused.end()) {
            REQUIRE(lines.size() == 1);
            CHECK(lines[0].find(": " + reason->second) != std::string::npos);
            refused_ones.insert(reason->first);
            continue;
        }
        CHECK(lines.empty());
        ++read;
        const auto all = peers(file.bytes);
        Counts expected;
        if (file.bytes.find("<nmaprun") != std::string::npos) expected = nmap_counts(file.bytes);
        else if (file.bytes.find("SSLScan Results") != std::string::npos) expected = sslscan_counts(file.bytes);
        else if (file.name.ends_with(".csv")) expected = testssl_counts(json_of_csv(file.bytes.substr(file.bytes.find('\n') + 1)));
        else if (file.name.starts_with("ssllabs/")) expected = ssllabs_counts(file.bytes);
        else if (file.bytes.find("sslyze_version") != std::string::npos) expected = sslyze_counts(file.bytes);
        else expected = testssl_counts(file.bytes);
        CHECK(counted(all) == expected);
        for (const Peer& peer : all) {
            CHECK_FALSE(peer.host.empty());
            CHECK(peer.port.has_value());
            CHECK((!peer.tls_answered || !peer.suites.empty()));
            // Every suite that a scanner named in these files is a registered one.
            for (const auto& suite : peer.suites) CHECK(suite.id != 0);
        }
    }
    CHECK(read == 27);
    CHECK(refused_ones.size() == refused.size());
}

TEST_CASE("The same server seen by nmap and by sslscan is the same peer", "[codec]") {
    std::map<std::string, std::string> bytes;
    for (const File& file : scans()) bytes[file.name] = file.bytes;
    const std::pair<const char*, const char*> pairs[] = {{"generated/nmap-default.xml", "generated/sslscan-14430.xml"}, {"generated/nmap-dh1024.xml", "generated/sslscan-14434.xml"}};
    for (const auto& [by_nmap, by_sslscan] : pairs) {
        CAPTURE(by_nmap);
        const auto a = peers(bytes[by_nmap]), b = peers(bytes[by_sslscan]);
        REQUIRE(a.size() == 1);
        REQUIRE(b.size() == 1);
        for (std::size_t i = 0; i < a[0].protocols.size(); ++i) {
            if (a[0].protocols[i].offered != Answer::unknown) CHECK(a[0].protocols[i].offered == b[0].protocols[i].offered);
        }
        const auto suites = [](const Peer& peer) {
            std::set<std::pair<std::string, std::uint32_t>> ids;
            for (const auto& suite : peer.suites) ids.emplace(suite.protocol, suite.id);
            return ids;
        };
        CHECK(suites(a[0]) == suites(b[0]));
        CHECK(a[0].dh_min_bits == b[0].dh_min_bits);
        for (const std::string& group : a[0].groups) {
            if (b[0].groups_complete) CHECK(std::ranges::find(b[0].groups, group) != b[0].groups.end());
        }
    }
}
