// A PowerShell script that sets what a profile asks for on the machine that it runs on: Windows PowerShell 5.1 and PowerShell 7.
//
// `-WhatIf` lists and writes nothing, `-Undo FILE` undoes by the record that the script keeps, `-Verbose` says what already is as asked. It judges as this
// program does: what already meets an item stays. What it does on a failure and in Constrained Language Mode is said in its head and in lib/docs/engines.md.
// Opens no file. Use from any thread.
#pragma once

#include "schancfg/codec/carrier.hpp"

namespace schancfg::codec {

/// One file: ASCII, CRLF, no byte order mark. Gaps: values that .NET cannot write as they are asked for.
[[nodiscard]] Result<Carried> encode_ps1(const CarrierInput& input);

}  // namespace schancfg::codec
