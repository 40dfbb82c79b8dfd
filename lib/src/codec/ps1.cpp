#include "schancfg/codec/ps1.hpp"

#include "codec/powershell.hpp"

namespace schancfg::codec {
namespace {

constexpr std::string_view usage = R"(#     powershell -ExecutionPolicy Bypass -File THIS.ps1 -WhatIf       lists what would be written, and writes nothing
#     powershell -ExecutionPolicy Bypass -File THIS.ps1               writes it; as an administrator
#     powershell -ExecutionPolicy Bypass -File THIS.ps1 -Undo FILE    undoes by the record that an earlier run has named
#
# -Record FILE says where the record of what is replaced goes: else beside this script. -Verbose names what is already as asked.
# Ends with 0: all is as asked (or, with -WhatIf, is listed); 1: it is not, and the message says why.
#
# Windows PowerShell 5.1 and PowerShell 7, 32-bit or 64-bit. What already means the same to Windows is left as it is. The record is complete on the disk
# before the first value is written. Each value is read again right before it is written and right after. When one can't be written, those that this run wrote
# are reverted. When the run is ended half-way, -Undo with its record restores all.
#
# Constrained Language Mode (App Control for Business, AppLocker) forbids the .NET calls that this script is made of: it then writes nothing, says so and
# ends with 1. Sign it, or allow it by a rule, so that it runs in Full Language Mode.
#
# A value whose data .NET can't write again (an unknown type, a DWORD of other than four bytes) is not replaced, since that could not be undone: the script
# names it and ends with 1 before it writes anything.
)";

constexpr std::string_view parameters = R"ps1(
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $Undo = '',
    [string] $Record = ''
)

)ps1";

// The record is text of ASCII: a line a change, its parts separated by tabs. Undo takes it for hostile: it names only what this script could have changed.
constexpr std::string_view records = R"ps1(
function Write-Problem([string] $Text) { $Host.UI.WriteErrorLine($Text) }

function Get-FilePath([string] $Path) { return $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }

function Get-RecordPath {
    if ($Record -ne '') {
        $path = Get-FilePath $Record
        if ([IO.File]::Exists($path)) { throw 'the record ' + $path + ' is there already: name another file' }
        return $path
    }
    $base = [IO.Path]::Combine($PSScriptRoot, [IO.Path]::GetFileNameWithoutExtension($PSCommandPath) + '-undo-' + [DateTime]::UtcNow.ToString('yyyyMMdd-HHmmss', [Globalization.CultureInfo]::InvariantCulture))
    $path = $base + '.txt'
    $number = 1
    while ([IO.File]::Exists($path)) {
        $number += 1
        $path = $base + '-' + $number.ToString() + '.txt'
    }
    return $path
}

function ConvertTo-Field($Text) {
    if ($null -eq $Text) { return '-' }
    return $Text
}

# Whole or not at all: under another name first, and flushed to the disk.
function Write-Record([string] $Path, $Changes) {
    $tab = [string] [char] 9
    $lines = New-Object System.Collections.ArrayList
    [void] $lines.Add('schancfg-undo 1')
    [void] $lines.Add('script ' + $id)
    [void] $lines.Add('computer ' + (ConvertTo-Plain ([Environment]::MachineName)))
    foreach ($change in $Changes) {
        $what = 'value'
        if ($change.IsKey) { $what = 'key' }
        [void] $lines.Add((@($what, ('HKLM\' + (ConvertTo-Plain $change.Key)), (ConvertTo-Plain $change.Name), (ConvertTo-Field $change.Before), (ConvertTo-Field $change.After)) -join $tab))
    }
    [void] $lines.Add('end ' + @($Changes).Count.ToString())
    $bytes = [Text.Encoding]::ASCII.GetBytes(($lines.ToArray() -join "`r`n") + "`r`n")
    $stream = New-Object IO.FileStream ($Path + '.part'), ([IO.FileMode]::Create), ([IO.FileAccess]::Write)
    try {
        $stream.Write($bytes, 0, $bytes.Length)
        $stream.Flush($true)
    }
    finally { $stream.Close() }
    [IO.File]::Move($Path + '.part', $Path)
}

# Could this script have changed that? Values that it asks for, and what lies in keys that it removes; keys that lead to those.
function Test-Own([string] $Key, [string] $Name, [bool] $IsKey) {
    foreach ($item in $gone) {
        if ((Test-SameName $Key $item['Key']) -or ($Key.StartsWith($item['Key'] + '\', [StringComparison]::OrdinalIgnoreCase))) { return $true }
    }
    foreach ($item in $wanted) {
        if ($IsKey) {
            if ((Test-SameName $Key $item['Key']) -or $item['Key'].StartsWith($Key + '\', [StringComparison]::OrdinalIgnoreCase)) { return $true }
        }
        elseif ((Test-SameName $Key $item['Key']) -and (Test-SameName $Name $item['Name'])) { return $true }
    }
    return $false
}

function ConvertFrom-Field([string] $Text, [bool] $IsKey) {
    if ($Text -eq '-') { return $null }
    if ($IsKey) {
        if (-not (Test-Same $Text 'present')) { throw 'a key is present or -' }
    }
    else { [void] (ConvertFrom-Text $Text) }
    return $Text
}

# The changes of a record, checked as a whole before anything is written.
function Read-Record([string] $Path) {
    if ((New-Object IO.FileInfo $Path).Length -gt 16MB) { throw 'it is larger than a record' }
    $lines = [IO.File]::ReadAllText($Path, [Text.Encoding]::ASCII).Replace("`r", '').TrimEnd([char] 10).Split([char] 10)
    if (-not (Test-Same $lines[0] 'schancfg-undo 1')) { throw 'it is not a record of this script' }
    $out = New-Object System.Collections.ArrayList
    $complete = $false
    for ($i = 1; $i -lt $lines.Length; $i += 1) {
        $line = $lines[$i]
        if ($complete) { throw 'line ' + ($i + 1) + ': there is something behind the end' }
        if ($line.StartsWith('script ')) { continue }
        if ($line.StartsWith('computer ')) {
            if (-not (Test-SameName $line.Substring(9) (ConvertTo-Plain ([Environment]::MachineName)))) {
                throw 'it was made on ' + (ConvertTo-Plain $line.Substring(9)) + ', and this is ' + (ConvertTo-Plain ([Environment]::MachineName))
            }
            continue
        }
        if ($line.StartsWith('end ')) {
            if (-not (Test-Same $line.Substring(4) $out.Count.ToString())) { throw 'it is incomplete' }
            $complete = $true
            continue
        }
        $fields = $line.Split([char] 9)
        if ($fields.Length -ne 5 -or ($fields[0] -ne 'value' -and $fields[0] -ne 'key') -or -not $fields[1].StartsWith('HKLM\')) { throw 'line ' + ($i + 1) + ': this is not a change' }
        try {
            $isKey = $fields[0] -eq 'key'
            $change = @{ IsKey = $isKey; Key = ConvertFrom-Plain $fields[1].Substring(5); Name = ConvertFrom-Plain $fields[2] }
            $change.Before = ConvertFrom-Field $fields[4] $isKey
            $change.After = ConvertFrom-Field $fields[3] $isKey
        }
        catch { throw 'line ' + ($i + 1) + ': ' + (Get-Reason $_) }
        if (-not (Test-Own $change.Key $change.Name $isKey)) { throw 'line ' + ($i + 1) + ': this script does not write ' + (Get-ChangePlace $change) }
        [void] $out.Add($change)
    }
    if (-not $complete) { throw 'it is incomplete' }
    $out.Reverse()
    return $out.ToArray()
}

# From last to first, what still is as this run has written it. Gives how many could not be reverted.
function Invoke-Rollback($Changes) {
    $left = 0
    for ($i = @($Changes).Count - 1; $i -ge 0; $i -= 1) {
        $change = @($Changes)[$i]
        try {
            $now = Get-Now $change
            if (Test-Same $now $change.Before) { continue }
            if (-not (Test-Same $now $change.After)) { throw 'it has been changed in the meantime' }
            Set-Now $change $change.Before
            if (-not (Test-Same (Get-Now $change) $change.Before)) { throw 'it reads back differently' }
        }
        catch {
            $left += 1
            Write-Problem ('not reverted: ' + (Get-ChangePlace $change) + ': ' + (Get-Reason $_))
        }
    }
    return $left
}

# The keys that a value needs and that are not there, each before the first value in it.
function Add-MissingKeys($Changes) {
    $made = @{}
    $out = New-Object System.Collections.ArrayList
    foreach ($change in $Changes) {
        if (-not $change.IsKey -and $null -ne $change.After) {
            $levels = New-Object System.Collections.ArrayList
            $path = $change.Key
            while ($path -ne '' -and -not $made.ContainsKey($path.ToUpperInvariant()) -and -not (Test-Key $path)) {
                $made[$path.ToUpperInvariant()] = $true
                $levels.Insert(0, @{ Key = $path; Name = ''; IsKey = $true; Before = $null; After = 'present' })
                $cut = $path.LastIndexOf('\')
                if ($cut -lt 0) { $path = '' } else { $path = $path.Substring(0, $cut) }
            }
            foreach ($level in $levels) { [void] $out.Add($level) }
        }
        [void] $out.Add($change)
    }
    return $out.ToArray()
}
)ps1";

constexpr std::string_view main_part = R"ps1(
function Invoke-Set {
    $part = Get-Part
    if ($part -eq -1) { throw 'the profile is not for this release of Windows; nothing was written' }
    $changes = @(Get-Changes $part)
    if ($problems.Count -ne 0) {
        foreach ($problem in $problems) { Write-Problem $problem }
        throw 'nothing was written'
    }
    if ($changes.Count -eq 0) {
        Write-Output 'All is as asked. Nothing was written.'
        return
    }
    $chosen = New-Object System.Collections.ArrayList
    foreach ($change in $changes) {
        $action = 'remove'
        if ($null -ne $change.After) { $action = 'set to ' + $change.After }
        if ($PSCmdlet.ShouldProcess((Get-ChangePlace $change), $action + ' (now ' + (Get-Shown $change.Before) + ')')) { [void] $chosen.Add($change) }
    }
    if ($chosen.Count -eq 0) { return }
    foreach ($change in $chosen) {
        if ($null -ne $change.Before -and $change.Before.StartsWith('?')) {
            throw (Get-ChangePlace $change) + ' holds data of a type or length that could not be restored; remove it by hand. Nothing was written'
        }
    }
    $chosen = @(Add-MissingKeys $chosen)
    $path = Get-RecordPath
    try { Write-Record $path $chosen }
    catch { throw 'the record ' + $path + ' cannot be written: ' + (Get-Reason $_) + '. Name another file with -Record. Nothing was written' }
    $done = New-Object System.Collections.ArrayList
    try {
        foreach ($change in $chosen) {
            [void] $done.Add($change)
            Invoke-Change $change
            Write-Output ((Get-ChangePlace $change) + ': ' + (Get-Shown $change.Before) + ' -> ' + (Get-Shown $change.After))
        }
    }
    catch {
        Write-Problem ((Get-ChangePlace $change) + ' cannot be written: ' + (Get-Reason $_))
        $left = Invoke-Rollback $done.ToArray()
        if ($left -ne 0) { throw $left.ToString() + ' could not be reverted; their record: ' + $path }
        [IO.File]::Delete($path)
        throw 'what this run had written has been reverted. Is this run by an administrator?'
    }
    Write-Output ('Done: ' + $chosen.Count.ToString() + ' changes. Restart Windows for all of it to be in force.')
    Write-Output ('To undo: powershell -ExecutionPolicy Bypass -File "' + $PSCommandPath + '" -Undo "' + $path + '"')
}

function Invoke-Undo {
    $path = Get-FilePath $Undo
    if (-not [IO.File]::Exists($path)) { throw 'there is no record ' + $path }
    try { $changes = @(Read-Record $path) }
    catch { throw 'the record ' + $path + ' is not taken: ' + (Get-Reason $_) + '. Nothing was written' }
    $count = 0
    foreach ($change in $changes) {
        $place = Get-ChangePlace $change
        try {
            $now = Get-Now $change
            if (Test-Same $now $change.After) { continue }
            if (-not (Test-Same $now $change.Before)) { throw 'it has been changed since and is left alone: it is ' + (Get-Shown $now) }
            $action = 'remove'
            if ($null -ne $change.After) { $action = 'restore ' + $change.After }
            if (-not $PSCmdlet.ShouldProcess($place, $action)) { continue }
            Invoke-Change $change
            $count += 1
            Write-Output ($place + ': ' + (Get-Shown $change.Before) + ' -> ' + (Get-Shown $change.After))
        }
        catch { [void] $problems.Add($place + ': ' + (Get-Reason $_)) }
    }
    if ($problems.Count -ne 0) {
        foreach ($problem in $problems) { Write-Problem $problem }
        throw $problems.Count.ToString() + ' of the record could not be restored'
    }
    if ($WhatIfPreference) { return }
    if ($count -eq 0) { Write-Output 'All is as the record says. Nothing was written.' }
    else { Write-Output ('Undone: ' + $count.ToString() + ' changes. Restart Windows for all of it to be in force.') }
}

try {
    if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { throw 'PowerShell runs in Constrained Language Mode, which forbids what this script does; nothing was written' }
    $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    if ($PSBoundParameters.ContainsKey('Undo')) { Invoke-Undo } else { Invoke-Set }
}
catch {
    $Host.UI.WriteErrorLine('ERROR: ' + $_.Exception.Message)
    exit 1
}
exit 0
)ps1";

}  // namespace

Result<Carried> encode_ps1(const CarrierInput& input) {
    PowershellTables tables = powershell_tables(input);
    std::string text = powershell_head(input, tables, input.removal ? "Removes TLS settings from this machine. Made by schancfg." : "Sets the TLS settings of this machine. Made by schancfg.", usage);
    text.append(parameters).append("$id = '").append(tables.id).append("'\n\n");
    text.append("# What is asked, in the order of writing. A DWORD is a signed number: 0xFFFFFFFF is -1.\n").append(tables.text).append("\n");
    text.append(powershell_reading()).append(powershell_writing()).append(records).append(main_part);
    Carried out;
    out.files.push_back({input.removal ? "undo-tls-settings.ps1" : "tls-settings.ps1", powershell_lines(text)});
    out.gaps = std::move(tables.gaps);
    return out;
}

}  // namespace schancfg::codec
