// What the registry of a machine says about the machine: who it is, and which Windows it runs. Works on any Source. Use from any thread that has the Source.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/source.hpp"
#include "schancfg/facts/releases.hpp"

namespace schancfg::backend {

/// The keys that the functions below read: beside the managed keys, all that is wanted of an export.
[[nodiscard]] const std::vector<registry::Area>& machine_keys();

/// `MachineGuid/COMPUTERNAME`: the same machine after a restart, another one after a reinstallation. Parts that cannot be read stay empty.
[[nodiscard]] std::string machine_identity(const Source& source);

/// Do two identities name one machine? By MachineGuid where both have one: a computer that was renamed is the same. Anything
/// else (a file, a machine that does not say its MachineGuid) is the same when it is spelled alike.
[[nodiscard]] bool is_same_machine(std::string_view one, std::string_view other);
/// What `is_same_machine` compares: the MachineGuid in one case, else the identity itself.
[[nodiscard]] std::string machine_key(std::string_view identity);
/// The name of the computer in an identity that has a MachineGuid; else empty.
[[nodiscard]] std::string_view computer_name(std::string_view identity);

struct DetectedRelease {
    const facts::Release* release = nullptr;  ///< nullptr: it does not say, or is older than every known release
    bool exact = false;                       ///< false: `release` is the nearest one that is not newer
    std::string note;                         ///< why it is not exact, one line; empty when it is
};

/// By build number and by client or server. A source that holds no CurrentBuildNumber does not say which release it is.
[[nodiscard]] DetectedRelease detect_release(const Source& source);

/// `CurrentBuildNumber` and `UBR` below `SOFTWARE\Microsoft\Windows NT\CurrentVersion`: `20348` and `2700` of `10.0.20348.2700`.
struct WindowsBuild {
    std::uint32_t number = 0;    ///< 0: the source does not say
    std::uint32_t revision = 0;  ///< raised by each cumulative update, from Windows 10 on; 0: the source does not say
};
[[nodiscard]] WindowsBuild windows_build(const Source& source);

/// Is it one of the values that `detect_release` and `windows_build` read?
[[nodiscard]] bool says_release(const registry::KeyPath& key, std::string_view value_name);

/// Where `computer_name` finds it.
[[nodiscard]] const registry::KeyPath& computer_name_key();
inline constexpr std::string_view computer_name_value = "ComputerName";
/// `ComputerName` below `Control\ComputerName\ComputerName`, as it is; empty: the source does not say.
[[nodiscard]] std::string computer_name(const Source& source);

}  // namespace schancfg::backend
