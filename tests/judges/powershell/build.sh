#!/bin/sh
# build.sh FOLDER: publishes pwshhost.exe into FOLDER, with PowerShell and its modules (about 120 MB). Needs the .NET SDK, and NuGet the first time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)
# Nothing to do where the same sources are there already.
want=$(cat "$here/Host.cs" "$here/pwshhost.csproj" | cksum)
if [ -f "$to/pwshhost.exe" ] && [ "$(cat "$to/built-from" 2>/dev/null)" = "$want" ]; then exit 0; fi
# Elsewhere, so that no obj/ and bin/ lie among the sources.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/Host.cs" "$here/pwshhost.csproj" "$work/"
(cd "$work" && DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 dotnet publish -c Release -v quiet -o "$to")
# A host looks for the modules beside itself.
cp -r "$to/runtimes/win/lib/net10.0/Modules" "$to/"
printf '%s\n' "$want" >"$to/built-from"
