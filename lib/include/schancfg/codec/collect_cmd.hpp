// The collector: a script for cmd.exe of Windows 7 and Server 2008 R2 and later that writes what an audit reads of a machine to one `.reg` file.
//
// Nothing has to be installed, and where reading is allowed nobody has to be an administrator. It reads the 64-bit view also where a 32-bit program
// started it. Where something that is there can't be read it leaves NAME.failed.txt and no `.reg` file. Use from any thread.
#pragma once

#include <span>
#include <string>

#include "schancfg/registry/key_path.hpp"

namespace schancfg::codec {

/// ASCII with CRLF. `areas`: what is read, below HKLM; other roots are left out, since they are those of the account that runs it. The same for every call.
[[nodiscard]] std::string encode_collector(std::span<const registry::Area> areas);

}  // namespace schancfg::codec
