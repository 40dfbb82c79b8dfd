# parse.ps1 FOLDER: what PowerShell's parser says of every script in it, and tokens and statements that Windows PowerShell 5.1 does not know. Prints nothing where all is well.
param([string] $Folder)
$ErrorActionPreference = 'Stop'
# ?: and ??, ??=, ?. and ?[, && and ||, the clean block: PowerShell 7, about_Operators, about_Functions_Advanced_Methods.
$newer = @('QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr', 'Clean')
$count = 0
foreach ($file in [IO.Directory]::GetFiles($Folder, '*.ps1', [IO.SearchOption]::AllDirectories)) {
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $tokens, [ref] $errors)
    foreach ($each in $errors) { Write-Output ($file + ':' + $each.Extent.StartLineNumber + ': ' + $each.Message) }
    foreach ($token in $tokens) {
        if ($newer -contains [string] $token.Kind) { Write-Output ($file + ':' + $token.Extent.StartLineNumber + ': ' + $token.Text) }
        if ($token.Kind -eq 'Generic' -and $token.Text -eq '-Parallel') { Write-Output ($file + ':' + $token.Extent.StartLineNumber + ': ' + $token.Text) }
    }
    # What a script calls is a function of its own, or one of these.
    $known = @('New-Object', 'Write-Output', 'Write-Verbose', 'Set-StrictMode')
    foreach ($own in $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true)) { $known += $own.Name }
    foreach ($call in $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)) {
        if ($known -notcontains $call.GetCommandName()) { Write-Output ($file + ':' + $call.Extent.StartLineNumber + ': calls ' + $call.Extent.Text) }
    }
    $count += 1
}
Write-Output ('parsed ' + $count)
