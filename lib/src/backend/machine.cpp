#include "schancfg/backend/machine.hpp"

#include <algorithm>
#include <charconv>

#include "names.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

using registry::KeyPath;
using registry::Root;

const KeyPath version_key(Root::local_machine, "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
const KeyPath name_key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName");
constexpr std::string_view build_value = "CurrentBuildNumber", revision_value = "UBR", kind_value = "InstallationType", product_value = "ProductName";
const KeyPath cryptography_key(Root::local_machine, "SOFTWARE\\Microsoft\\Cryptography");

std::string string_value(const Result<KeyContent>& key, std::string_view name) {
    if (!key) return {};
    for (const registry::NamedValue& value : key->values) {
        if (utf::equal_no_case(value.name, name)) return value.value.as_string().value_or("");
    }
    return {};
}

Result<KeyContent> current_version(const Source& source) {
    return source.read_alone(version_key);
}

// A service pack of Windows Vista, 7 and Server 2008 R2 has a build number of its own and is the same release: learn.microsoft.com,
// win32 SysInfo/operating-system-version, and the service pack articles KB936330, KB948465, KB976932.
std::uint32_t without_service_pack(std::uint32_t build, bool server) {
    if (build == 7601) return 7600;
    if (!server && (build == 6001 || build == 6002)) return 6000;
    return build;
}

// `2f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b`, as Setup writes it; nothing else is taken for one.
std::string_view guid_of(std::string_view identity) {
    constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (identity.size() <= form.size() || identity[form.size()] != '/') return {};
    const std::string_view guid = identity.substr(0, form.size());
    const bool fits = std::ranges::equal(guid, form, [](char c, char f) {
        return f == '-' ? c == '-' : ascii::is_hex_digit(c);
    });
    return fits ? guid : std::string_view{};
}

}  // namespace

const std::vector<registry::Area>& machine_keys() {
    static const std::vector<registry::Area> keys{{version_key, false}, {name_key, false}, {cryptography_key, false}};
    return keys;
}

std::string machine_key(std::string_view identity) {
    const std::string_view guid = guid_of(identity);
    return guid.empty() ? std::string(identity) : utf::fold_case(guid);
}

bool is_same_machine(std::string_view one, std::string_view other) {
    return one == other || (!guid_of(one).empty() && !guid_of(other).empty() && machine_key(one) == machine_key(other));
}

std::string_view computer_name(std::string_view identity) {
    const std::string_view guid = guid_of(identity);
    return guid.empty() ? guid : identity.substr(guid.size() + 1);
}

const registry::KeyPath& computer_name_key() { return name_key; }

std::string computer_name(const Source& source) {
    return string_value(source.read_alone(name_key), computer_name_value);
}

bool says_release(const KeyPath& key, std::string_view value_name) {
    constexpr std::string_view names[] = {build_value, revision_value, kind_value, product_value};
    return key == version_key && std::ranges::any_of(names, [&](std::string_view name) { return utf::equal_no_case(name, value_name); });
}

std::string machine_identity(const Source& source) {
    // Setup makes MachineGuid; it is the usual identity of an installation (Microsoft's own telemetry and SQM use it).
    const auto cryptography = source.read_alone(cryptography_key);
    return string_value(cryptography, "MachineGuid") + "/" + computer_name(source);
}

WindowsBuild windows_build(const Source& source) {
    const auto version = current_version(source);
    WindowsBuild out;
    const std::string text = string_value(version, build_value);
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out.number);
    if (problem != std::errc{} || end != text.data() + text.size()) return {};
    if (!version) return out;
    for (const registry::NamedValue& value : version->values) {
        if (utf::equal_no_case(value.name, revision_value)) out.revision = value.value.as_dword().value_or(0);
    }
    return out;
}

DetectedRelease detect_release(const Source& source) {
    const auto version = current_version(source);
    const std::uint32_t number = windows_build(source).number;
    if (number == 0) {
        return {.release = nullptr, .exact = false, .note = "the registry does not say which Windows this is (CurrentBuildNumber)"};
    }
    // InstallationType is there since Windows Vista: `Client`, `Server`, `Server Core`, `Nano Server`. ProductName still says
    // `Windows 10` on Windows 11, and is only asked for the kind.
    const std::string kind = string_value(version, kind_value);
    const std::string product = string_value(version, product_value);
    const bool server = kind.empty() ? product.find("Server") != std::string::npos : kind.find("Server") != std::string::npos;
    const std::string called = std::string(server ? "a server" : "a client") + " of build " + std::to_string(number);
    DetectedRelease found;
    for (const facts::Release& release : facts::releases()) {
        if (release.server != server || release.build.number > number) continue;
        if (found.release == nullptr || release.build.number >= found.release->build.number) found.release = &release;
    }
    if (found.release == nullptr) {
        found.note = "this machine is " + called + ", older than every release known here";
        return found;
    }
    found.exact = found.release->build.number == without_service_pack(number, server);
    if (!found.exact) {
        found.note = "this machine is " + called + ", which is not known here; it is taken for the nearest older one, " +
                     std::string(found.release->id);
    }
    return found;
}

}  // namespace schancfg::backend
