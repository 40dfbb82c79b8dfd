// Nothing outside the documented TLS keys is written, whatever a profile, a .reg file, a saved plan, an undo record or the target itself
// names: by the program, and by a program that uses the library alone. What may be written is said here once more, by hand, so that
// neither is asked about itself.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "app.hpp"
#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/apply/executor.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/memory_json.hpp"
#include "schancfg/codec/plan_json.hpp"
#include "schancfg/codec/reg_text.hpp"

using namespace schancfg;
using registry::KeyPath;
using registry::Value;

namespace {

const std::string control = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\";
const std::string schannel = control + "SecurityProviders\\SCHANNEL";

struct Documented {
    std::string key;
    bool with_subkeys;
    std::set<std::string> values;  // empty: all
};

// learn.microsoft.com: windows-server/security/tls/tls-registry-settings, win32 SecAuthN/cipher-suites-in-schannel and
// prioritizing-schannel-cipher-suites, dotnet/framework/network-programming/tls, KB3140245, security/fips-140-validation.
const std::vector<Documented> documented{
    {schannel, true, {}},
    {control + "Cryptography\\Configuration\\Local\\SSL\\00010002", false, {"Functions", "EccCurves"}},
    {control + "Cryptography\\Configuration\\Local\\SSL\\00010003", false, {"Functions", "EccCurves"}},
    {"HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002", false, {"Functions", "EccCurves"}},
    {control + "Cryptography\\ECCParameters", true, {}},
    {"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp", false, {"DefaultSecureProtocols"}},
    {"HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp", false, {"DefaultSecureProtocols"}},
    {"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727", false, {"SchUseStrongCrypto", "SystemDefaultTlsVersions"}},
    {"HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319", false, {"SchUseStrongCrypto", "SystemDefaultTlsVersions"}},
    {"HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v2.0.50727", false, {"SchUseStrongCrypto", "SystemDefaultTlsVersions"}},
    {"HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319", false, {"SchUseStrongCrypto", "SystemDefaultTlsVersions"}},
    {control + "Lsa\\FIPSAlgorithmPolicy", false, {"Enabled", "MDMEnabled"}},  // the second was observed: it may be written raw
    {control + "Lsa", false, {"FIPSAlgorithmPolicy"}},
};

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

// Only letters of ASCII have a case here: whatever else the program takes for the same is another key to this test.
bool is_documented(const std::string& key, const std::string& name) {
    const std::string folded = lower(key);
    for (const Documented& each : documented) {
        const std::string known = lower(each.key);
        if (folded != known && !(each.with_subkeys && folded.starts_with(known + '\\'))) continue;
        if (each.values.empty()) return true;
        for (const std::string& value : each.values) {
            if (lower(value) == lower(name)) return true;
        }
    }
    return false;
}

struct Place {
    std::string key, name;
};

std::vector<Place> places() {
    std::vector<Place> out;
    // Known by those who mean harm.
    for (const char* key : {
             "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnce",
             "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run", "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon",
             "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\sethc.exe",
             "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Windows", "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SilentProcessExit\\x",
             "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Evil", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters",
             "HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:443", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\RasMan\\PPP\\EAP\\13",
             "HKLM\\SYSTEM\\CurrentControlSet\\Services\\MsQuic\\Parameters", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa",
             "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\OSConfig", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders",
             "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\WDigest", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager",
             "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server",
             "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp", "HKLM\\SYSTEM\\Select", "HKLM\\SYSTEM\\Setup",
             "HKLM\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL", "HKLM\\SYSTEM\\ControlSet002\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Client",
             "HKLM\\SOFTWARE\\Microsoft\\Cryptography", "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates\\00",
             "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender", "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services",
             "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings", "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL",
             "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010003", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System",
             "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp\\Connections",
             "HKLM\\SOFTWARE\\Microsoft\\.NETFramework", "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v1.1.4322", "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319\\SKUs",
             "HKLM\\SAM\\SAM", "HKLM\\SECURITY\\Policy", "HKLM\\HARDWARE", "HKLM\\BCD00000000", "HKU\\.DEFAULT\\Software", "HKCR\\exefile\\shell\\open\\command", "HKCC\\Software",
             "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"}) {
        for (const char* name : {"", "Enabled", "Start", "Debugger", "Functions"}) out.push_back({key, name});
    }
    // Almost the right ones.
    const std::vector<std::string> right{schannel, schannel + "\\Protocols\\TLS 1.0\\Client", schannel + "\\Ciphers\\RC4 128/128",
                                         control + "Cryptography\\Configuration\\Local\\SSL\\00010002", control + "Lsa\\FIPSAlgorithmPolicy",
                                         "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
                                         "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp"};
    for (const std::string& key : right) {
        const std::size_t last = key.rfind('\\');
        std::vector<std::string> near{
            key + " ", key + ".", key + "X", key + "\\..\\Evil", key + "\\..", key + "\\.", key + "\\\\Evil", "\\" + key, "\\\\" + key, key + "\\", key + "\\\\",
            key.substr(0, last) + "/" + key.substr(last + 1), "\\\\?\\" + key, "\\Registry\\Machine" + key.substr(4), "HKCU" + key.substr(4), "HKU\\S-1-5-18" + key.substr(4),
            "HKEY_LOCAL_MACHINE\\Wow6432Node" + key.substr(4), "HKLM\\SOFTWARE\\Wow6432Node" + key.substr(4), "HKLM:" + key.substr(4), "HKLM/" + key.substr(5),
            key.substr(0, 5) + "x\\..\\" + key.substr(5), key + std::string("\0Evil", 5), key + "\n[HKLM\\SOFTWARE\\Evil]", key + "]\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Evil",
            key + "\xC2\xA0", key + "\xE2\x80\x8B", key + "\xE2\x80\xAE", "\xEF\xBB\xBF" + key};
        std::string other = key;
        for (const auto& [letter, lookalike] : {std::pair{"S", "\xC5\xBF"}, std::pair{"N", "\xEF\xBC\xAE"}, std::pair{"L", "\xD2\xBC"}, std::pair{"A", "\xD0\x90"}, std::pair{"i", "\xC4\xB1"}}) {
            const std::size_t at = key.find(letter, 5);
            if (at != std::string::npos) near.push_back(key.substr(0, at) + lookalike + key.substr(at + 1));
        }
        for (const std::string& each : near) out.push_back({each, "Enabled"});
        for (const char* name : {"", "Evil", "InstallRoot", "ProxyEnable", "Security Packages", "RunAsPPL", "Providers", "..\\Enabled", "Enabled\\..\\Evil",
                                 "Functions\xE2\x80\x8B", "Enabled ", " Enabled"}) {
            out.push_back({key, name});
        }
    }
    return out;
}

class Bench {
public:
    Bench() {
        std::filesystem::create_directories(folder_);
#ifdef _WIN32
        _putenv_s("ProgramData", folder_.string().c_str());
#else
        setenv("XDG_STATE_HOME", folder_.string().c_str(), 1);
#endif
        // Each refusal is a line; there are hundreds.
        if (!std::freopen((folder_ / "said").string().c_str(), "w", stderr)) std::abort();
    }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    ~Bench() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] std::string target() const { return (folder_ / "target.json").string(); }
    [[nodiscard]] std::string file(const char* name, const std::string& bytes) const {
        const std::string path = (folder_ / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
#ifndef _WIN32
        std::filesystem::permissions(path, std::filesystem::perms(0600));
#endif
        return path;
    }
    void reset(const registry::Tree& tree) const { (void)file("target.json", codec::encode_memory("windows-server-2022", tree)); }
    [[nodiscard]] registry::Tree state() const {
        auto opened = backend::open_source("memory:" + target(), {});
        REQUIRE(opened);
        registry::Tree tree;
        std::vector<registry::Area> all;
        for (const registry::Root root : {registry::Root::local_machine, registry::Root::current_user, registry::Root::users, registry::Root::classes_root, registry::Root::current_config}) {
            all.push_back({KeyPath(root), true});
        }
        auto taken = backend::snapshot(*opened->source, all);
        REQUIRE(taken);
        return std::move(*taken);
    }

private:
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("schancfg-scope-" + std::to_string(std::random_device{}()));
};

using Values = std::set<std::tuple<std::string, std::string, std::uint32_t, std::string>>;

Values undocumented(const registry::Tree& tree) {
    Values out;
    tree.for_each([&](const KeyPath& path, const registry::Key& key) {
        for (const registry::NamedValue& value : key.values) {
            if (!is_documented(path.to_string(), value.name)) out.emplace(path.to_string(), value.name, value.value.type, value.value.bytes);
        }
    });
    return out;
}

std::string toml(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\u%04X", byte);
        if (c == '"' || c == '\\' || byte < 0x20) out += escaped;
        else out += c;
    }
    return out + '"';
}

plan::Change change_to(const Place& place, const KeyPath& key, bool sets) {
    return {key, place.name, sets ? plan::Action::add : plan::Action::remove, sets ? std::nullopt : std::optional(Value::dword(7)),
            sets ? std::optional(Value::dword(1)) : std::nullopt, {}};
}

}  // namespace

TEST_CASE("Nothing that a file names outside the documented TLS keys is written or removed", "[cli]") {
    const Bench bench;
    std::size_t tried = 0;
    std::size_t refused = 0;
#if defined(_WIN32) || defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t step = 4;  // The code is the same; each attempt takes longer there.
#else
    constexpr std::size_t step = 1;
#endif
    const std::vector<Place> all = places();
    for (std::size_t at = 0; at < all.size(); at += step) {
        const Place& place = all[at];
        CAPTURE(place.key, place.name);
        const auto parsed = KeyPath::parse(place.key);
        const KeyPath key = parsed ? *parsed : KeyPath(registry::Root::local_machine, "SOFTWARE\\Evil");
        registry::Tree there;
        there.set_value(KeyPath(registry::Root::local_machine, "SOFTWARE\\Kept"), "Kept", Value::sz("as it is"));
        there.set_value(key, place.name, Value::dword(7));
        codec::Record record;
        record.id = "20261121T074500Z-3f9c";
        record.time = "2026-11-21T07:45:00Z";
        record.target = "memory:" + bench.target();
        record.machine = std::filesystem::weakly_canonical(bench.target()).string();
        record.os = "windows-server-2022";
        for (const bool sets : {true, false}) {
            // With what is set there must be nothing before, and something where it is removed.
            const registry::Tree empty;
            const registry::Tree& before = sets ? empty : there;
            record.plan.changes = {change_to(place, key, sets)};
            record.kind = codec::Record::Kind::plan;
            record.status = codec::RecordStatus::prepared;
            const std::string plan = codec::encode_record(record);
            // Taken back, it does the same.
            record.plan.changes = {change_to(place, key, !sets)};
            if (sets) record.plan.changes.front().before = Value::dword(1);
            else record.plan.changes.front().after = Value::dword(7);
            record.kind = codec::Record::Kind::undo;
            record.status = codec::RecordStatus::applied;
            const std::string undo = codec::encode_record(record);
            const std::string value = sets ? "1" : "\"default\"";
            const std::string reg_value = sets ? "dword:00000001" : "-";
            std::string long_key = place.key;
            for (const auto& [brief, full] : {std::pair{"HKLM\\", "HKEY_LOCAL_MACHINE\\"}, std::pair{"HKCU\\", "HKEY_CURRENT_USER\\"}, std::pair{"HKU\\", "HKEY_USERS\\"}, std::pair{"HKCR\\", "HKEY_CLASSES_ROOT\\"}}) {
                if (long_key.starts_with(brief)) long_key = full + long_key.substr(std::string(brief).size());
            }
            const std::string name = place.name.empty() ? "@" : toml(place.name);
            const std::string reg = "REGEDIT4\r\n\r\n[" + long_key + "]\r\n" + name + "=" + reg_value + "\r\n";
            const std::string reg_key = "REGEDIT4\r\n\r\n[" + std::string(sets ? "" : "-") + long_key + "]\r\n";
            const std::vector<std::vector<std::string>> runs{
                {"apply", bench.file("p.toml", "format = 1\n[registry." + toml(place.key) + "]\n" + toml(place.name) + " = " + value + "\n")},
                {"apply", bench.file("p.reg", reg)},
                {"apply", bench.file("key.reg", reg_key)},
                {"apply", bench.file("plan.json", plan)},
                {"undo", bench.file("undo.json", undo)},
                {"undo", bench.file("undo.json", undo), "--force"},
            };
            for (std::vector<std::string> words : runs) {
                CAPTURE(words[0], words[1], sets);
                bench.reset(before);
                if (words[0] == "undo") (void)bench.file("undo.json", undo);
                const registry::Tree start = bench.state();
                for (const char* word : {"--target", "", "--yes", "-q", "-o"}) words.emplace_back(word);
                words[words.size() - 4] = "memory:" + bench.target();
                words.push_back(bench.target() + ".out");
                const int code = cli::run(words, backend::open_target);
                ++tried;
                if (code == 2) ++refused;
                CHECK(undocumented(bench.state()) == undocumented(start));
            }
        }
    }
    WARN((all.size() + step - 1) / step << " names, " << tried << " attempts, " << refused << " refused");
    CHECK(all.size() > 400);
    CHECK(refused > tried / 2);
}

TEST_CASE("Nothing outside the documented TLS keys is written or removed by a program that uses the library", "[cli]") {
    std::size_t written = 0;
    for (const Place& place : places()) {
        CAPTURE(place.key, place.name);
        const auto key = KeyPath::parse(place.key);
        if (!key) continue;
        for (const bool sets : {true, false}) {
            for (const auto purpose : {plan::Purpose::apply, plan::Purpose::undo}) {
                registry::Tree start;
                start.set_value(KeyPath(registry::Root::local_machine, "SOFTWARE\\Kept"), "Kept", Value::sz("as it is"));
                if (!sets) start.set_value(*key, place.name, Value::dword(7));
                backend::MemoryRegistry registry(generated::copy(start));
                const plan::Plan alone{{change_to(place, *key, sets)}};
                plan::Plan with_key = alone;
                const plan::Change of_key{*key, std::nullopt, sets ? plan::Action::add : plan::Action::remove, std::nullopt, std::nullopt, std::nullopt};
                with_key.changes.insert(sets ? with_key.changes.begin() : with_key.changes.end(), of_key);
                for (const plan::Plan& each : {alone, with_key}) {
                    if (const auto checked = plan::check(each, purpose)) {
                        if (apply::run(*checked, registry).outcome == apply::RunOutcome::done) ++written;
                    }
                }
                CHECK(undocumented(registry.tree()) == undocumented(start));
            }
        }
    }
    CHECK(written > 10);
}
