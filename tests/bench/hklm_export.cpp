#include "hklm_export.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "schancfg/registry/editor.hpp"

namespace bench {
namespace {

using schancfg::registry::Editor;
using schancfg::registry::Root;
using schancfg::registry::Value;

constexpr std::array words{"Microsoft", "Windows", "Client", "Server", "Network", "Package", "Driver", "Service", "Update", "Shell",
                           "Common", "Desktop", "Audio", "Remote", "Session", "Security", "Policy", "Provider", "Language", "Store"};

class Maker {
public:
    explicit Maker(schancfg::registry::Tree& tree) : editor_(tree) {}

    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    void add_class() {
        const std::string key = "SOFTWARE\\Classes\\CLSID\\{" + guid() + "}";
        open(key);
        set("", Value::sz(words_of(3)));
        if (below(3) == 0) set("AppID", Value::sz("{" + guid() + "}"));
        open(key + "\\InprocServer32");
        set("", Value::sz("C:\\Windows\\System32\\" + word() + word() + ".dll"));
        set("ThreadingModel", Value::sz(below(2) == 0 ? "Both" : "Apartment"));
        if (below(2) == 0) {
            open(key + "\\ProgID");
            set("", Value::sz(word() + "." + word() + ".1"));
        }
    }

    void add_package() {
        open("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\Microsoft-Windows-" + word() + "-" + word() +
             "-Package~31bf3856ad364e35~amd64~~10.0.20348." + number(5000));
        set("InstallClient", Value::sz("UpdateAgentLCU"));
        set("InstallName", Value::sz("Package_for_" + words_of(2) + ".mum"));
        set("InstallLocation", Value::sz("\\\\?\\C:\\Windows\\CbsTemp\\" + number(99999999) + "_" + number(99999999) + "\\" + word() + ".cab\\"));
        for (const char* name : {"CurrentState", "SelfUpdate", "Visibility", "InstallTimeHigh", "InstallTimeLow", "LastError"}) {
            set(name, Value::dword(static_cast<std::uint32_t>(random())));
        }
    }

    void add_service() {
        open("SYSTEM\\ControlSet001\\Services\\" + word() + word() + number(1000));
        set("Type", Value::dword(0x20));
        set("Start", Value::dword(static_cast<std::uint32_t>(below(5))));
        set("ErrorControl", Value::dword(1));
        set("ImagePath", Value::expand_sz("%SystemRoot%\\system32\\svchost.exe -k " + word() + " -p"));
        set("DisplayName", Value::sz("@%SystemRoot%\\system32\\" + word() + ".dll,-" + number(3000)));
        set("DependOnService", Value::multi_sz({"RpcSs", word(), word()}));
        set("ObjectName", Value::sz("NT AUTHORITY\\LocalService"));
        set("FailureActions", Value::binary(blob(44)));
        set("RequiredPrivileges", Value::multi_sz({"SeChangeNotifyPrivilege", "SeCreateGlobalPrivilege", "SeImpersonatePrivilege"}));
    }

    void add_device() {
        open("SYSTEM\\ControlSet001\\Enum\\PCI\\VEN_8086&DEV_" + number(9999) + "&SUBSYS_" + number(99999999) + "&REV_21\\3&11583659&0&" + number(99) +
             "\\Properties\\{" + guid() + "}\\" + number(9999));
        set("", Value{0xFFFF0012, blob(16 + below(200))});
        if (below(4) == 0) set("Data", Value::binary(blob(2000)));
    }

    void add_list() {
        open("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Lists\\" + word() + number(99999));
        for (std::size_t i = 10 + below(90); i > 0; --i) set(words_of(2) + " " + number(9999) + " (TrueType)", Value::sz(word() + number(99) + ".ttf"));
        set("Beschreibung", Value::sz("Einstellungen f\xC3\xBCr gro\xC3\x9F" "e Netzwerke \xE2\x80\x93 " + words_of(4)));
    }

private:
    // splitmix64
    std::uint64_t random() {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        return mixed ^ (mixed >> 31);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random() % limit); }
    std::string word() { return words[below(words.size())]; }
    std::string number(std::size_t limit) { return std::to_string(below(limit)); }

    std::string words_of(std::size_t count) {
        std::string text = word();
        while (--count > 0) text += " " + word();
        return text;
    }

    std::string guid() {
        std::array<char, 40> text{};
        std::snprintf(text.data(), text.size(), "%08X-%04X-%04X-%04X-%012llX", static_cast<unsigned>(random()), static_cast<unsigned>(random() & 0xFFFF),
                      static_cast<unsigned>(random() & 0xFFFF), static_cast<unsigned>(random() & 0xFFFF),
                      static_cast<unsigned long long>(random() & 0xFFFFFFFFFFFFu));
        return text.data();
    }

    std::string blob(std::size_t size) {
        std::string bytes(size, '\0');
        for (char& byte : bytes) byte = below(3) == 0 ? '\0' : static_cast<char>(random());
        return bytes;
    }

    void open(const std::string& key) {
        editor_.open(Root::local_machine, key);
        bytes_ += 2 * (key.size() + 26);
    }

    void set(const std::string& name, Value value) {
        const bool is_text = value.type == schancfg::registry::reg_sz;
        bytes_ += 2 * (name.size() + 5) + (is_text ? value.bytes.size() + 4 : value.type == 4 ? 28 : 13 * value.bytes.size() / 2 + 20);
        editor_.set_value(name, std::move(value));
    }

    Editor editor_;
    std::size_t bytes_ = 0;
    std::uint64_t state_ = 1;
};

}  // namespace

schancfg::registry::Tree make_hklm(std::size_t export_bytes) {
    schancfg::registry::Tree tree;
    Maker maker(tree);
    for (std::size_t i = 0; maker.bytes() < export_bytes; ++i) {
        for (int classes = 0; classes < 8; ++classes) maker.add_class();
        maker.add_package();
        maker.add_package();
        maker.add_service();
        maker.add_device();
        maker.add_device();
        if (i % 8 == 0) maker.add_list();
    }
    return tree;
}

}  // namespace bench
