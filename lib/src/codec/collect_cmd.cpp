#include "schancfg/codec/collect_cmd.hpp"

#include <string_view>
#include <vector>

#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::Area;
using registry::KeyPath;

// reg.exe exports a key with all below it. Below this one lie keys that only the system may read, so its value is read by itself.
constexpr std::string_view value_by_value = "SYSTEM\\CurrentControlSet\\Control\\Lsa";

// cmd.exe's `type` and `copy` without /b would change the bytes of UTF-16; `cmd /u` echoes it. A redirection stands in front, since a digit before `>>`
// would be the number of a stream. reg.exe of a 32-bit host is found in SysWOW64, the real one behind Sysnative (win32 WinProg64: file system redirector).
constexpr std::string_view begin = R"(@echo off
rem Reads what schancfg needs to judge the TLS settings of this machine. Changes nothing. Made by `schancfg export --format collect`.
rem
rem     collect.cmd [FOLDER]
rem
rem Writes FOLDER\COMPUTERNAME.reg; without FOLDER beside this script. Where something can't be read it writes FOLDER\COMPUTERNAME.failed.txt with
rem the reason and ends with 1: such a machine is unreadable, never compliant.
setlocal
set "folder=%~1"
if not defined folder set "folder=%~dp0."
set "reg=%SystemRoot%\System32\reg.exe"
if exist "%SystemRoot%\Sysnative\reg.exe" set "reg=%SystemRoot%\Sysnative\reg.exe"
set "failed="
set "name=%COMPUTERNAME%"
if not defined name set "name=unnamed"
set "work=%TEMP%\schancfg-collect-%RANDOM%-%RANDOM%"
md "%work%" 2>nul
if not exist "%work%\." (
    set "failed=no folder can be made in %TEMP%"
    goto end
)
set "out=%work%\out.reg"
"%reg%" export "HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName" "%out%" /y /reg:64 >nul 2>&1
if not exist "%out%" (
    set "failed=HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName can't be read"
    goto end
)
>>"%out%" cmd /u /c echo )";

constexpr std::string_view end_of_script = R"(
:end
if defined failed goto failure
copy /b /y "%out%" "%folder%\%name%.reg.part" >nul 2>&1
if not exist "%folder%\%name%.reg.part" (
    set "failed=%folder% can't be written"
    goto failure
)
move /y "%folder%\%name%.reg.part" "%folder%\%name%.reg" >nul 2>&1
if exist "%folder%\%name%.failed.txt" del "%folder%\%name%.failed.txt"
rd /s /q "%work%" 2>nul
exit /b 0

:failure
if exist "%folder%\%name%.reg" del "%folder%\%name%.reg"
>"%folder%\%name%.failed.txt" echo %failed%
>>"%folder%\%name%.failed.txt" echo %DATE% %TIME%
rd /s /q "%work%" 2>nul
>&2 echo collect.cmd: %failed%
exit /b 1

rem :take PARENT NAME: the key with all below it; nothing where its parent does not list it.
:take
if defined failed exit /b 0
if exist "%work%\part.reg" del "%work%\part.reg"
"%reg%" export "%~1\%~2" "%work%\part.reg" /y /reg:64 >nul 2>&1
if not exist "%work%\part.reg" goto absent
copy /b /y "%out%"+"%work%\part.reg" "%work%\both.reg" >nul 2>&1
move /y "%work%\both.reg" "%out%" >nul 2>&1
exit /b 0
:absent
"%reg%" query "%~1" /reg:64 >"%work%\list.txt" 2>nul
find /i "\%~2" "%work%\list.txt" >nul 2>&1
if not errorlevel 1 set "failed=%~1\%~2 is there and can't be read"
exit /b 0

rem :key NAME: a key line, for the values that follow.
:key
if defined failed exit /b 0
>>"%out%" cmd /u /c echo [%~1]
exit /b 0

rem :text KEY VALUE and :number KEY VALUE: one value of the key, where it is there.
:text
if defined failed exit /b 0
set "data="
"%reg%" query "%~1" /v %~2 /reg:64 >"%work%\value.txt" 2>nul
for /f "usebackq tokens=2,*" %%A in ("%work%\value.txt") do if "%%A"=="REG_SZ" set "data=%%B"
if defined data >>"%out%" cmd /u /c echo "%~2"="%data%"
exit /b 0
:number
if defined failed exit /b 0
set "data="
"%reg%" query "%~1" /v %~2 /reg:64 >"%work%\value.txt" 2>nul
for /f "usebackq tokens=2,*" %%A in ("%work%\value.txt") do if "%%A"=="REG_DWORD" set "data=%%B"
if defined data >>"%out%" cmd /u /c echo "%~2"=dword:%data:~2%
exit /b 0
)";

void add_lines(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
}

bool is_below_another(const Area& area, std::span<const Area> areas) {
    for (const Area& other : areas) {
        if (!(other.key == area.key) && area.key.is_within(other.key) && !utf::equal_no_case(other.key.path(), value_by_value)) return true;
    }
    return false;
}

}  // namespace

std::string encode_collector(std::span<const Area> areas) {
    std::string text(begin);
    text.append(reg_whole_comment).append("\n");
    const auto values = [&](std::string_view path, std::initializer_list<std::string_view> texts, std::initializer_list<std::string_view> numbers) {
        text.append("call :key \"HKEY_LOCAL_MACHINE\\").append(path).append("\"\n");
        for (const std::string_view name : texts) text.append("call :text \"HKLM\\").append(path).append("\" ").append(name).append("\n");
        for (const std::string_view name : numbers) text.append("call :number \"HKLM\\").append(path).append("\" ").append(name).append("\n");
    };
    values("SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", {"CurrentBuildNumber", "InstallationType", "ProductName", "EditionID"}, {"UBR"});
    for (const Area& area : areas) {
        if (area.key.root() != registry::Root::local_machine) continue;
        if (utf::equal_no_case(area.key.path(), value_by_value)) {
            values(value_by_value, {}, {"FipsAlgorithmPolicy", "MaxAsyncWorkerThreadsPerCpu"});
        } else if (!is_below_another(area, areas)) {
            text.append("call :take \"").append(area.key.parent().to_string()).append("\" \"").append(area.key.name()).append("\"\n");
        }
    }
    text.append(end_of_script);
    std::string out;
    add_lines(out, text);
    return out;
}

}  // namespace schancfg::codec
