// Where the hives of an image lie: what `hive:DIR` and `hive:FILE[,FILE]` name, and what lies beside them. Use from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schancfg/result.hpp"

namespace schancfg::backend {

struct HiveFiles {
    std::vector<std::string> files;  ///< one or two; which is which is seen by what they hold
    std::string folder;              ///< where they lie, if a folder was named; else empty
};

/// The root of an image, its `Windows`, or the folder `config`, names in any case; or one file, or two with a comma between. not_found: no hive is
/// there; malformed: there are two, by names that differ in case alone; access_denied, io as the system says.
[[nodiscard]] Result<HiveFiles> find_hives(const std::string& named);

enum class Holds : std::uint8_t {
    nothing,
    hives,  ///< SYSTEM or SOFTWARE themselves
    image,  ///< them in one of the folders below, so that all of it belongs to one machine
};
/// What `find_hives` finds in a folder. A file of that name that does not begin as a hive does is none.
[[nodiscard]] Holds holds_hives(const std::string& folder);

/// SYSTEM.LOG, SYSTEM.LOG1 and SYSTEM.LOG2 beside the hive, and where that is a link beside what it leads to: those that are there.
[[nodiscard]] Result<std::vector<std::string>> logs_of(const std::string& hive);

/// The `hiberfil.sys` of the system whose hive this is, where it says that the system is hibernated, so that it will go on with what it
/// has in memory. Looked for where the hive lies in `Windows\System32\config`.
/// Errors where it is there and can't be read: then it is not known.
[[nodiscard]] Result<std::optional<std::string>> hibernation_of(const std::string& hive);

}  // namespace schancfg::backend
