#!/bin/sh
# wine.sh PROGRAM [ARGS...]: runs a Windows program under Wine, headless, with a registry of its own.
# That registry is the folder $WINEPREFIX, else wine/ of the build tree that PROGRAM, or the current folder, lies in.
# It is made when it is not there; in a build tree that is a copy of a first one, so each test can have its own.
set -eu

program=$1
tree=
for start in "$(dirname "$program")" .; do
    folder=$(cd "$start" 2>/dev/null && pwd) || continue
    while [ -n "$folder" ] && [ ! -f "$folder/CMakeCache.txt" ]; do folder=${folder%/*}; done
    if [ -n "$folder" ]; then tree=$folder; break; fi
done
WINEPREFIX=${WINEPREFIX:-${tree:+$tree/wine}}
if [ -z "$WINEPREFIX" ]; then
    echo "wine.sh: $program is in no build tree: set WINEPREFIX" >&2
    exit 125
fi
# No menus, no offers to fetch Mono and Gecko.
export WINEPREFIX WINEDEBUG="${WINEDEBUG:--all}" WINEDLLOVERRIDES="winemenubuilder.exe,mscoree,mshtml="
unset DISPLAY

# The `wine` wrapper of Debian complains about a missing 32-bit half; the program behind it does not.
wine=/usr/lib/wine/wine64
server=/usr/lib/wine/wineserver64
if [ ! -x "$wine" ]; then
    wine=$(command -v wine64 || command -v wine || true)
    server=$(command -v wineserver || true)
    if [ -z "$wine" ]; then
        echo 'wine.sh: Wine is missing (Debian: apt-get install wine64)' >&2
        exit 125
    fi
fi

# Windows' shared user data are at 0x7ffe0000. Linux puts the heap anywhere in the gigabyte behind wine64, which begins at 0x7d000000, so that one start in
# some thousands finds the place taken and ends with 1, without a word where WINEDEBUG is -all. In an order that is not random it never is; a container may
# forbid that, and then such a start is lost.
steady='setarch -R'
$steady true 2>/dev/null || steady=

# prepare FOLDER [TEMPLATE]: makes a registry, once, also when several programs of one test run start together.
prepare() (
    WINEPREFIX=$1
    mkdir -p "$WINEPREFIX"
    exec 9>"$WINEPREFIX/lock"
    flock 9
    [ ! -f "$WINEPREFIX/ready" ] || exit 0
    if [ $# -gt 1 ]; then
        # System files are hard links, so a copy takes no time and no space.
        cp -al "$2/drive_c" "$WINEPREFIX/"
        cp -a "$2/dosdevices" "$2"/*.reg "$2/.update-timestamp" "$WINEPREFIX/"
    else
        $steady "$wine" wineboot -i </dev/null >"$WINEPREFIX/wineboot.log" 2>&1 9>&-
        "$server" -w 9>&- || true
    fi
    touch "$WINEPREFIX/ready"
)

if [ ! -f "$WINEPREFIX/ready" ]; then
    if [ -n "$tree" ]; then
        prepare "$tree/wine-template"
        prepare "$WINEPREFIX" "$tree/wine-template"
    else
        prepare "$WINEPREFIX"
    fi
fi
# Two programs that start the first server of a registry at the same moment can fail; so one at a time makes sure that it is there, for some seconds
# after the last one ended. The first program starts Windows' services, which hold its standard output: not that of one whose output is waited for.
(
    exec 9>"$WINEPREFIX/lock"
    flock 9
    if ! "$server" -k0 9>&-; then
        "$server" -p15 </dev/null >/dev/null 2>&1 9>&- || true
        $steady "$wine" cmd /c exit </dev/null >/dev/null 2>&1 9>&- || true
    fi
)
exec $steady "$wine" "$@"
