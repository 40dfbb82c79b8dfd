# steps.ps1 STEPS.json RESULTS.json: does one step after the other and writes a result for each.
param([string] $Steps, [string] $Results)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
# What a profile can be about.
$areas = @(
    'SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL',
    'SYSTEM\CurrentControlSet\Control\Cryptography\Configuration',
    'SYSTEM\CurrentControlSet\Control\Lsa\FipsAlgorithmPolicy',
    'SOFTWARE\Policies\Microsoft\Cryptography',
    'SOFTWARE\Microsoft\.NETFramework',
    'SOFTWARE\Wow6432Node\Microsoft\.NETFramework',
    'SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp',
    'SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp')

function Add-Values([string] $Path, $To) {
    $key = $machine.OpenSubKey($Path)
    if ($null -eq $key) { return }
    foreach ($name in $key.GetValueNames()) {
        $data = $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
        if ($data -is [array]) { $data = @($data) -join [char] 0 }
        [void] $To.Add($Path + '|' + $name + '|' + $key.GetValueKind($name) + '|' + $data)
    }
    foreach ($name in $key.GetSubKeyNames()) { Add-Values ($Path + '\' + $name) $To }
    $key.Close()
}

# What importing a file into an empty registry gives, by its path: the first time by reg.exe, which takes longer than all else here.
$loaded = @{}
function Get-Values([string] $Path, $To) {
    $key = $machine.OpenSubKey($Path)
    if ($null -eq $key) { return }
    foreach ($name in $key.GetValueNames()) { [void] $To.Add(@($Path, $name, $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames'), $key.GetValueKind($name))) }
    foreach ($name in $key.GetSubKeyNames()) { Get-Values ($Path + '\' + $name) $To }
    $key.Close()
}

$out = New-Object System.Collections.ArrayList
foreach ($step in (ConvertFrom-Json ([IO.File]::ReadAllText($Steps)))) {
    $result = $null
    switch ($step.do) {
        'reset' { foreach ($area in $areas) { $machine.DeleteSubKeyTree($area, $false) } }
        'become' {
            $key = $machine.CreateSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion')
            $key.SetValue('CurrentBuildNumber', $step.build, 'String')
            if ($step.kind -eq '') { $key.DeleteValue('InstallationType', $false) } else { $key.SetValue('InstallationType', $step.kind, 'String') }
            $key.Close()
            $key = $machine.CreateSubKey('SYSTEM\CurrentControlSet\Control\ProductOptions')
            $key.SetValue('ProductType', $step.product, 'String')
            $key.Close()
        }
        'import' {
            # Seen to end otherwise once, with the same file.
            foreach ($try in 1..3) {
                $said = & 'C:\windows\system32\reg.exe' import $step.file 2>&1
                if ($LASTEXITCODE -eq 0) { break }
            }
            if ($LASTEXITCODE -ne 0) { throw "reg.exe does not import $($step.file): $LASTEXITCODE $said" }
        }
        'load' {
            foreach ($area in $areas) { $machine.DeleteSubKeyTree($area, $false) }
            if ($loaded.ContainsKey($step.file)) {
                foreach ($value in $loaded[$step.file]) {
                    $key = $machine.CreateSubKey($value[0])
                    $key.SetValue($value[1], $value[2], $value[3])
                    $key.Close()
                }
            } else {
                & 'C:\windows\system32\reg.exe' import $step.file | Out-Null
                if ($LASTEXITCODE -ne 0) { throw 'reg.exe does not import ' + $step.file }
                $values = New-Object System.Collections.ArrayList
                foreach ($area in $areas) { Get-Values $area $values }
                $loaded[$step.file] = $values
            }
        }
        'set' {
            $key = $machine.CreateSubKey($step.key)
            $data = $step.data
            if ($step.kind -eq 'DWord') { $data = [int] $data }
            if ($step.kind -eq 'MultiString') { $data = [string[]] $data }
            $key.SetValue($step.name, $data, $step.kind)
            $key.Close()
        }
        'delete' {
            $key = $machine.OpenSubKey($step.key, $true)
            if ($null -ne $key) {
                $key.DeleteValue($step.name, $false)
                $key.Close()
            }
        }
        'run' {
            $global:LASTEXITCODE = -99
            $printed = @(& $step.script)
            $result = @{ code = $LASTEXITCODE; lines = [string[]] $printed }
        }
        'snapshot' {
            $values = New-Object System.Collections.ArrayList
            foreach ($area in $areas) { Add-Values $area $values }
            $values.Sort()
            $result = [string[]] $values.ToArray()
        }
        'dump' { $result = [StoredRegistry]::Dump([string[]] $step.keys) }
        default { throw 'there is no step ' + $step.do }
    }
    [void] $out.Add(@{ result = $result })
}
[IO.File]::WriteAllText($Results, (ConvertTo-Json -InputObject $out.ToArray() -Depth 5 -Compress))
# Not the code of the last script.
exit 0
