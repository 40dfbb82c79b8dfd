#!/bin/sh
# sh cmake/run.sh [ARGS...]: builds schancfg, installing what that needs on Debian 12, and runs it with ARGS.
# Without ARGS: a demonstration. Nothing but schancfg's own output goes to standard output.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/cmake/packages.sh"
program=$root/build/release/cli/schancfg

build() (
    cd "$root"
    # shellcheck disable=SC2086
    need_packages $packages_run
    mkdir -p build
    # The tests, and what they need, are left to test.sh.
    if [ ! -f build/release/build.ninja ] || [ CMakePresets.json -nt build/release/configured ]; then
        echo 'Building schancfg: a few minutes, the first time' >&2
        configure release -DSCHANCFG_BUILD_TESTS=OFF >build/run.log 2>&1
    fi && cmake --build build/release --target schancfg_cli >>build/run.log 2>&1 || {
        cat build/run.log >&2
        echo "run.sh: the build failed" >&2
        exit 1
    }
    rm -f build/run.log
)

build

if [ $# -gt 0 ]; then
    exec "$program" "$@"
fi

demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
trap 'exit 1' HUP INT TERM
# Records of what was applied go to the demonstration's own folder.
XDG_STATE_HOME=$demo/state
export XDG_STATE_HOME
memory=memory:$demo/server.json

# show WANTED-EXIT-CODE ARGS...
show() {
    wanted=$1
    shift
    printf '\n$ schancfg' && printf ' %s' "$@" && printf '\n'
    code=0
    "$program" "$@" </dev/null || code=$?
    if [ "$code" -ne "$wanted" ]; then
        echo "run.sh: schancfg ended with $code instead of $wanted" >&2
        exit 1
    fi
}

echo 'What would the profile "strict" change on an untouched Windows Server 2022?'
show 1 diff strict --target os:windows-server-2022

printf '\nThe same as a file for regedit (UTF-16; shown here as UTF-8):\n'
show 0 export strict --reg --os windows-server-2022 -o "$demo/strict.reg"
iconv -f UTF-16 -t UTF-8 "$demo/strict.reg" | tr -d '\r'

printf '\nApply it to a registry in memory, twice, then undo it:\n'
show 0 apply strict --target "$memory" --os windows-server-2022 --yes
show 0 apply strict --target "$memory" --os windows-server-2022 --yes
show 0 diff strict --target "$memory"
show 0 undo --target "$memory" --yes
show 1 diff strict --target "$memory" --name-only
