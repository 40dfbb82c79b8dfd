#include "schancfg/codec/intune.hpp"

#include "codec/powershell.hpp"

namespace schancfg::codec {
namespace {

constexpr std::string_view about = R"(# For Windows PowerShell 5.1 and PowerShell 7, 32-bit or 64-bit: the 64-bit view of the registry is read and written in both. What already means the same to
# Windows counts as met.
#
# Constrained Language Mode (App Control for Business, AppLocker) forbids the .NET calls that this script is made of: it then says so and ends with 1.
# Sign it, or allow it by a rule, so that it runs in Full Language Mode.
)";

constexpr std::string_view detect_usage = R"(# The detection script of an Intune remediation. Changes nothing.
# Ends with 0: all is as asked, or the profile is not for this release. Ends with 1: something differs, or it could not be found out (ERROR).
# The last line, at most 2,048 characters, says what differs.
#
)";
constexpr std::string_view remediate_usage = R"(# The remediation script of an Intune remediation, also for Configuration Manager. Writes what differs and nothing else, reads it back, and does not restart Windows.
# Ends with 0: all is as asked now. Ends with 1: something could not be written or read; the last line, at most 2,048 characters, names it, and the rest was written.
# It keeps no record: what it replaces is restored by the pair that is exported with `removal`, to what an untouched installation has.
#
)";
constexpr std::string_view discover_usage = R"(# The discovery script of a compliance setting of Configuration Manager: data type String, rule `equals Compliant`. Changes nothing.
# Prints Compliant or NonCompliant and ends with 0. Ends with 1, and prints neither, where it could not be found out: Configuration Manager reports an error then.
#
)";

// Of each key with something that differs: its name and the names of its values. SCHANNEL is left out of the names.
constexpr std::string_view summary = R"ps1(
function Get-Names($Changes) {
    $order = New-Object System.Collections.ArrayList
    $names = @{}
    foreach ($change in $Changes) {
        $key = (ConvertTo-Plain $change.Key) -replace '^SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\', ''
        if (-not $names.ContainsKey($key)) {
            [void] $order.Add($key)
            $names[$key] = New-Object System.Collections.ArrayList
        }
        $name = ConvertTo-Plain $change.Name
        if ($change.IsKey) { $name = '(key)' } elseif ($name -eq '') { $name = '(default)' }
        [void] $names[$key].Add($name)
    }
    $out = New-Object System.Collections.ArrayList
    foreach ($key in $order) { [void] $out.Add($key + ': ' + ($names[$key].ToArray() -join ', ')) }
    return $out.ToArray()
}

# One line of at most 2,048 characters: as many of the names as there is room for.
function Get-Line([string] $Start, $Names) {
    $all = @($Names)
    $line = $Start
    for ($i = 0; $i -lt $all.Count; $i += 1) {
        $next = $line
        if ($i -ne 0) { $next += ';' }
        $next += ' ' + $all[$i]
        if ($next.Length -gt 2000) { return $line.Substring(0, [Math]::Min($line.Length, 2000)) + '; and ' + ($all.Count - $i).ToString() + ' more' }
        $line = $next
    }
    if ($line.Length -gt 2048) { $line = $line.Substring(0, 2048) }
    return $line
}

function Test-Language {
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode, which forbids what this script does' }
}
)ps1";

// The three scripts begin to work alike; what is thrown ends the first two with the last line that Intune shows.
constexpr std::string_view beginning = R"ps1(
try {
    Test-Language
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    $part = Get-Part
)ps1";
constexpr std::string_view ending = R"ps1(}
catch {
    Write-Output (Get-Line ($title + ': ERROR: ' + ($_.Exception.Message -replace '[^ -~]', '?')) @())
    exit 1
}
)ps1";

constexpr std::string_view detect_tail = R"ps1(    if ($part -eq -1) {
        Write-Output ($title + ': not for this release of Windows; nothing is asked of it')
        exit 0
    }
    $changes = @(Get-Changes $part)
    foreach ($change in $changes) { Write-Output ((Get-ChangePlace $change) + ': ' + (Get-Shown $change.Before) + ', asked: ' + (Get-Shown $change.After)) }
    if ($problems.Count -ne 0) {
        Write-Output (Get-Line ($title + ': ERROR: ' + $problems.Count.ToString() + ' could not be read, ' + $changes.Count.ToString() + ' differ:') (@($problems.ToArray()) + @(Get-Names $changes)))
        exit 1
    }
    if ($changes.Count -ne 0) {
        Write-Output (Get-Line ($title + ': ' + $changes.Count.ToString() + ' differ:') (Get-Names $changes))
        exit 1
    }
    Write-Output ($title + ': all is as asked')
    exit 0
)ps1";

constexpr std::string_view remediate_tail = R"ps1(    if ($part -eq -1) {
        Write-Output ($title + ': not for this release of Windows; nothing was written')
        exit 0
    }
    $count = 0
    foreach ($change in @(Get-Changes $part)) {
        $place = Get-ChangePlace $change
        try {
            Invoke-Change $change
            $count += 1
            Write-Output ($place + ': ' + (Get-Shown $change.Before) + ' -> ' + (Get-Shown $change.After))
        }
        catch { [void] $problems.Add($place + ': ' + (Get-Reason $_)) }
    }
    if ($problems.Count -ne 0) {
        Write-Output (Get-Line ($title + ': ERROR: ' + $count.ToString() + ' written, ' + $problems.Count.ToString() + ' failed:') $problems.ToArray())
        exit 1
    }
    if ($count -eq 0) { Write-Output ($title + ': all is as asked; nothing was written') }
    else { Write-Output ($title + ': ' + $count.ToString() + ' written; some of it is in force after a restart') }
    exit 0
)ps1";

constexpr std::string_view discover_tail = R"ps1(    $changes = @()
    if ($part -ne -1) { $changes = @(Get-Changes $part) }
    if ($problems.Count -ne 0) { throw [string] $problems[0] }
}
catch {
    $Host.UI.WriteErrorLine($title + ': ERROR: ' + ($_.Exception.Message -replace '[^ -~]', '?'))
    exit 1
}
if ($changes.Count -eq 0) { Write-Output 'Compliant' } else { Write-Output 'NonCompliant' }
exit 0
)ps1";

}  // namespace

Result<Carried> encode_intune(const CarrierInput& input) {
    PowershellTables tables = powershell_tables(input);
    const std::string title = "schancfg " + powershell_comment(input.name) + (input.removal ? " (removal) " : " ") + tables.id.substr(0, 8);
    const auto script = [&](std::string path, std::string_view synopsis, std::string_view usage, std::string_view tail) {
        const bool writes = tail == remediate_tail, discovers = tail == discover_tail;
        std::string text = powershell_head(input, tables, synopsis, std::string(usage).append(about));
        text.append("\n$title = ").append(powershell_text(title)).append("\n\n");
        text.append("# What is asked, in the order of writing. A DWORD is a signed number: 0xFFFFFFFF is -1.\n").append(tables.text).append("\n");
        text.append(powershell_reading());
        if (writes) text.append(powershell_writing());
        text.append(summary).append(beginning).append(tail);
        if (!discovers) text.append(ending);
        return CarrierFile{std::move(path), powershell_lines(text)};
    };
    Carried out;
    out.files.push_back(script("detect.ps1", "Finds out whether TLS settings are as asked. Made by schancfg.", detect_usage, detect_tail));
    out.files.push_back(script("discover.ps1", "Finds out whether TLS settings are as asked. Made by schancfg.", discover_usage, discover_tail));
    out.files.push_back(script("remediate.ps1", "Makes TLS settings what is asked. Made by schancfg.", remediate_usage, remediate_tail));
    for (const CarrierFile& file : out.files) {
        if (file.bytes.size() > intune_max_script) {
            return fail(ErrorCode::unsupported, file.path + " would have " + std::to_string(file.bytes.size()) + " bytes, and Intune takes " + std::to_string(intune_max_script) +
                                                    ": export it for one release");
        }
    }
    out.gaps = std::move(tables.gaps);
    return out;
}

}  // namespace schancfg::codec
