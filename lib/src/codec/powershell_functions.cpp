// The functions of the scripts, in what Windows PowerShell 5.1 and PowerShell 7 both know. Only .NET opens keys: PowerShell's registry provider reads the slash of
// `AES 128/128` as a separator (PowerShell/PowerShell, RegistryProvider.cs). Registry64 is the 64-bit view also in a 32-bit host.
#include "codec/powershell.hpp"

namespace schancfg::codec {

std::string_view powershell_reading() {
    return R"ps1(Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$root = $null
$problems = New-Object System.Collections.ArrayList

# Text as ASCII: any other character, and the brace, as {number}.
function ConvertTo-Plain([string] $Text) {
    $out = New-Object System.Text.StringBuilder
    foreach ($char in $Text.ToCharArray()) {
        $code = [int] $char
        if ($code -ge 32 -and $code -le 126 -and $code -ne 123) { [void] $out.Append($char) }
        else { [void] $out.Append('{' + $code.ToString('X4') + '}') }
    }
    return $out.ToString()
}

function ConvertFrom-Plain([string] $Text) {
    $out = New-Object System.Text.StringBuilder
    $at = 0
    while ($at -lt $Text.Length) {
        if ([int] $Text[$at] -eq 123) {
            [void] $out.Append([char] [Convert]::ToUInt16($Text.Substring($at + 1, 4), 16))
            $at += 6
        }
        else {
            [void] $out.Append($Text[$at])
            $at += 1
        }
    }
    return $out.ToString()
}

# Equal values have equal texts. One that begins with a question mark has data that .NET could not write again.
function ConvertTo-Text($Kind, $Data) {
    $number = [int] [Microsoft.Win32.RegistryValueKind] $Kind
    if ($number -eq 4 -and $Data -is [int]) { return 'dword:' + $Data.ToString('x8') }
    if ($number -eq 11 -and $Data -is [long]) { return 'qword:' + $Data.ToString('x16') }
    if ($number -eq 1 -and $Data -is [string]) { return 'sz:' + (ConvertTo-Plain $Data) }
    if ($number -eq 2 -and $Data -is [string]) { return 'expand_sz:' + (ConvertTo-Plain $Data) }
    if ($number -eq 7 -and $Data -is [string[]]) { return 'multi_sz:' + $Data.Length.ToString() + ':' + (ConvertTo-Plain ($Data -join [string] [char] 0)) }
    if ($number -eq 3 -and $Data -is [byte[]]) { return 'binary:' + [BitConverter]::ToString($Data) }
    if ($number -eq -1 -and $Data -is [byte[]]) { return 'none:' + [BitConverter]::ToString($Data) }
    return '?data of another type or length'
}

function ConvertFrom-Bytes([string] $Text) {
    $bytes = New-Object System.Collections.ArrayList
    if ($Text -ne '') { foreach ($pair in $Text.Split([char] '-')) { [void] $bytes.Add([Convert]::ToByte($pair, 16)) } }
    return , [byte[]] $bytes.ToArray()
}

function ConvertFrom-Text([string] $Text) {
    $colon = $Text.IndexOf(':')
    if ($colon -lt 1) { throw 'this is not the data of a value: ' + (ConvertTo-Plain $Text) }
    $rest = $Text.Substring($colon + 1)
    switch -CaseSensitive ($Text.Substring(0, $colon)) {
        'dword' { $out = @{ Kind = 'DWord'; Data = [Convert]::ToInt32($rest, 16) } }
        'qword' { $out = @{ Kind = 'QWord'; Data = [Convert]::ToInt64($rest, 16) } }
        'sz' { $out = @{ Kind = 'String'; Data = ConvertFrom-Plain $rest } }
        'expand_sz' { $out = @{ Kind = 'ExpandString'; Data = ConvertFrom-Plain $rest } }
        'multi_sz' {
            $list = [string[]] @()
            if (-not $rest.StartsWith('0:')) { $list = [string[]] (ConvertFrom-Plain $rest.Substring($rest.IndexOf(':') + 1)).Split([char] 0) }
            $out = @{ Kind = 'MultiString'; Data = $list }
        }
        'binary' { $out = @{ Kind = 'Binary'; Data = [byte[]] (ConvertFrom-Bytes $rest) } }
        'none' { $out = @{ Kind = 'None'; Data = [byte[]] (ConvertFrom-Bytes $rest) } }
        default { throw 'this is not the data of a value: ' + (ConvertTo-Plain $Text) }
    }
    if (-not (Test-Same (ConvertTo-Text $out.Kind $out.Data) $Text)) { throw 'this is not the data of a value: ' + (ConvertTo-Plain $Text) }
    return $out
}

function Test-Same($One, $Other) {
    if ($null -eq $One -or $null -eq $Other) { return ($null -eq $One -and $null -eq $Other) }
    return [string]::Equals([string] $One, [string] $Other, [StringComparison]::Ordinal)
}

function Test-SameName([string] $One, [string] $Other) { return [string]::Equals($One, $Other, [StringComparison]::OrdinalIgnoreCase) }

function Get-Place([string] $Path, [string] $Name) {
    if ($Name -eq '') { return 'HKLM\' + (ConvertTo-Plain $Path) + '\(default)' }
    return 'HKLM\' + (ConvertTo-Plain $Path) + '\' + (ConvertTo-Plain $Name)
}

function Get-Shown($Text) {
    if ($null -eq $Text) { return 'absent' }
    return $Text
}

function Get-Reason($Record) { return ConvertTo-Plain $Record.Exception.GetBaseException().Message }

# What the value holds: its name as it is stored, and its text; nothing where it is absent.
function Read-Value([string] $Path, [string] $Name) {
    $key = $root.OpenSubKey($Path)
    if ($null -eq $key) { return $null }
    try {
        foreach ($stored in $key.GetValueNames()) {
            if (-not (Test-SameName $stored $Name)) { continue }
            $data = $key.GetValue($stored, $null, [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames)
            return @{ Name = $stored; Text = ConvertTo-Text ($key.GetValueKind($stored)) $data }
        }
    }
    finally { $key.Close() }
    return $null
}

function Test-Key([string] $Path) {
    $key = $root.OpenSubKey($Path)
    if ($null -eq $key) { return $false }
    $key.Close()
    return $true
}

# A list as Windows reads it: up to the first empty string, or to the first NUL.
function Get-Strings([string] $Text) {
    if ($Text.StartsWith('multi_sz:')) {
        $out = New-Object System.Collections.ArrayList
        foreach ($each in (ConvertFrom-Text $Text).Data) {
            if ($each -eq '') { break }
            [void] $out.Add($each)
        }
        return , [string[]] $out.ToArray()
    }
    return , [string[]] @($Text.Split([string[]] @('{0000}'), [StringSplitOptions]::None)[0])
}

# What is to be written over what is there: a list without the names that are asked for only where it has them.
function Get-Target($Item, $Held) {
    if ($Item['Kind'] -eq 'Absent') { return $null }
    if ($null -eq $Item['WhereHeld']) { return ConvertTo-Text $Item['Kind'] $Item['Data'] }
    $there = [string[]] @()
    if ($null -ne $Held -and $Held.Text.StartsWith('multi_sz:')) { $there = Get-Strings $Held.Text }
    $names = New-Object System.Collections.ArrayList
    foreach ($name in $Item['Data']) {
        if (@($Item['WhereHeld']) -notcontains $name -or $there -contains $name) { [void] $names.Add($name) }
    }
    return ConvertTo-Text 'MultiString' ([string[]] $names.ToArray())
}

# Does the value meet what is asked of it? Other data that Windows is documented to treat alike does as well.
function Test-Met($Item, $Target, $Held) {
    if ($null -eq $Target) { return ($null -eq $Held) }
    if ($null -eq $Held -and $Item['OrAbsent']) { return $true }
    if ($null -ne $Held) {
        if ($Item['Met'] -eq 'any' -or (Test-Same $Held.Text $Target)) { return $true }
        if ($Item['Met'] -eq 'on' -and $Held.Text.StartsWith('dword:') -and $Held.Text -ne 'dword:00000000') { return $true }
        if ($Item['Met'] -eq 'one or all' -and ($Held.Text -eq 'dword:00000001' -or $Held.Text -eq 'dword:ffffffff')) { return $true }
        if ($Item['Met'] -eq 'at least' -and $Held.Text.StartsWith('dword:') -and [string]::CompareOrdinal($Held.Text, $Target) -ge 0) { return $true }
        if ($Item['Met'] -eq 'strings' -and $Held.Text.Split([char] ':')[0] -eq $Target.Split([char] ':')[0]) {
            if (Test-Same ((Get-Strings $Held.Text) -join [string] [char] 0) ((Get-Strings $Target) -join [string] [char] 0)) { return $true }
        }
    }
    if ($null -eq $Item['Beside'] -or ($Item['BesideAbsentOnly'] -and $null -ne $Held)) { return $false }
    $beside = Read-Value $Item['Key'] $Item['Beside']
    if ($null -eq $beside) { return $false }
    foreach ($number in $Item['BesideIs']) { if (Test-Same $beside.Text (ConvertTo-Text 'DWord' $number)) { return $true } }
    return $false
}

# The number by which this machine is meant in `In`; -1: the profile is not for it.
function Get-Part {
    if (@($releases).Count -eq 0) { return 0 }
    $version = $root.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion')
    if ($null -eq $version) { throw 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion cannot be read' }
    $build = [string] $version.GetValue('CurrentBuildNumber')
    $kind = [string] $version.GetValue('InstallationType')
    $version.Close()
    if ($kind -ne '') { $server = $kind -like '*Server*' }
    else {
        $options = $root.OpenSubKey('SYSTEM\CurrentControlSet\Control\ProductOptions')
        if ($null -eq $options) { throw 'HKLM\SYSTEM\CurrentControlSet\Control\ProductOptions cannot be read' }
        $server = [string] $options.GetValue('ProductType') -ne 'WinNT'
        $options.Close()
    }
    foreach ($release in $releases) {
        if ([string] $release.Build -eq $build -and $release.Server -eq $server) { return $release.In }
    }
    $called = 'client'
    if ($server) { $called = 'server' }
    throw 'this is a ' + $called + ' of build ' + (ConvertTo-Plain $build) + ', which this script does not know: export it again with a newer schancfg'
}

function Test-Part($Item, $Part) { return ($null -eq $Item['In'] -or @($Item['In']) -contains $Part) }

# A key and all below it, parents first, as they are spelled there.
function Get-Below([string] $Path) {
    $out = New-Object System.Collections.ArrayList
    $key = $root.OpenSubKey($Path)
    if ($null -ne $key) {
        [void] $out.Add(@{ Path = $Path; Values = [string[]] $key.GetValueNames() })
        $names = $key.GetSubKeyNames()
        $key.Close()
        foreach ($name in $names) { foreach ($each in (Get-Below ($Path + '\' + $name))) { [void] $out.Add($each) } }
    }
    return $out.ToArray()
}

# What differs, in the order of writing: values, then keys that are to be gone, leaves first. `Before` and `After` are texts; of a key, `present` and nothing.
function Get-Changes($Part) {
    $asked = @{}
    $kept = @{}
    $out = New-Object System.Collections.ArrayList
    foreach ($item in $wanted) {
        if (-not (Test-Part $item $Part)) { continue }
        $asked[($item['Key'] + '\\' + $item['Name']).ToUpperInvariant()] = $true
        if ($item['Kind'] -ne 'Absent') {
            $above = $item['Key']
            while ($above -ne '') {
                $kept[$above.ToUpperInvariant()] = $true
                $cut = $above.LastIndexOf('\')
                if ($cut -lt 0) { $above = '' } else { $above = $above.Substring(0, $cut) }
            }
        }
        try {
            $held = Read-Value $item['Key'] $item['Name']
            $target = Get-Target $item $held
            if (Test-Met $item $target $held) {
                Write-Verbose ('as asked: ' + (Get-Place $item['Key'] $item['Name']))
                continue
            }
            $change = @{ Key = $item['Key']; Name = $item['Name']; IsKey = $false; Before = $null; After = $target }
            if ($null -ne $held) {
                $change.Name = $held.Name
                $change.Before = $held.Text
            }
            [void] $out.Add($change)
        }
        catch { [void] $problems.Add((Get-Place $item['Key'] $item['Name']) + ' cannot be read: ' + (Get-Reason $_)) }
    }
    foreach ($item in $gone) {
        if (-not (Test-Part $item $Part)) { continue }
        try {
            $below = @(Get-Below $item['Key'])
            if ($item['ValuesOnly'] -and $below.Count -gt 1) { $below = @($below[0]) }
            foreach ($each in $below) {
                foreach ($name in $each.Values) {
                    if ($asked.ContainsKey(($each.Path + '\\' + $name).ToUpperInvariant())) { continue }
                    $held = Read-Value $each.Path $name
                    if ($null -ne $held) { [void] $out.Add(@{ Key = $each.Path; Name = $held.Name; IsKey = $false; Before = $held.Text; After = $null }) }
                }
            }
            if (-not $item['ValuesOnly']) {
                [array]::Reverse($below)
                foreach ($each in $below) {
                    if (-not $kept.ContainsKey($each.Path.ToUpperInvariant())) { [void] $out.Add(@{ Key = $each.Path; Name = ''; IsKey = $true; Before = 'present'; After = $null }) }
                }
            }
        }
        catch { [void] $problems.Add('HKLM\' + (ConvertTo-Plain $item['Key']) + ' cannot be read: ' + (Get-Reason $_)) }
    }
    return $out.ToArray()
}

function Get-ChangePlace($Change) {
    if ($Change.IsKey) { return 'HKLM\' + (ConvertTo-Plain $Change.Key) }
    return Get-Place $Change.Key $Change.Name
}
)ps1";
}

std::string_view powershell_writing() {
    return R"ps1(
# What is there now of what a change is about.
function Get-Now($Change) {
    if ($Change.IsKey) {
        if (Test-Key $Change.Key) { return 'present' }
        return $null
    }
    $held = Read-Value $Change.Key $Change.Name
    if ($null -eq $held) { return $null }
    return $held.Text
}

function Set-Now($Change, $Text) {
    if ($Change.IsKey) {
        if ($null -ne $Text) {
            $key = $root.CreateSubKey($Change.Key)
            if ($null -ne $key) { $key.Close() }
            return
        }
        $key = $root.OpenSubKey($Change.Key)
        if ($null -eq $key) { return }
        $holds = $key.ValueCount + $key.SubKeyCount
        $key.Close()
        if ($holds -ne 0) { throw 'the key is not empty' }
        $root.DeleteSubKey($Change.Key, $false)
        return
    }
    if ($null -eq $Text) {
        $key = $root.OpenSubKey($Change.Key, $true)
        if ($null -eq $key) { return }
        try { $key.DeleteValue($Change.Name, $false) }
        finally { $key.Close() }
        return
    }
    $value = ConvertFrom-Text $Text
    $key = $root.CreateSubKey($Change.Key)
    if ($null -eq $key) { throw 'the key cannot be made' }
    try { $key.SetValue($Change.Name, $value.Data, [Microsoft.Win32.RegistryValueKind] $value.Kind) }
    finally { $key.Close() }
}

# Writes one change and reads it back. What is there must be what the change was made for.
function Invoke-Change($Change) {
    if (-not (Test-Same (Get-Now $Change) $Change.Before)) { throw 'it has been changed in the meantime' }
    Set-Now $Change $Change.After
    if (-not (Test-Same (Get-Now $Change) $Change.After)) { throw 'it reads back differently' }
}
)ps1";
}

}  // namespace schancfg::codec
