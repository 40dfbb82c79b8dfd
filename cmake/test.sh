#!/bin/sh
# sh cmake/test.sh: builds everything and runs every test, installing what that needs on Debian 12.
#
# Four builds: wasm (the engine as a module, run by Node, and the page), asan (the sanitizers), mingw (the Windows program and its tests, under Wine),
# release (the program as it is packed: what it prints, kills and faults, packages, real peers, the page in Chromium; the library's own tests run in asan
# and mingw, the second of them optimized).
# SCHANCFG_CORPUS in the environment names a folder of real .reg and scan files that the tests read as well, SCHANCFG_PWSH the folder that
# tests/judges/powershell/build.sh filled: with it what is exported as scripts and roles is run by PowerShell for Windows, under Wine.
# SCHANCFG_DSC_SCHEMAS names a folder of the published JSON schemas of Microsoft DSC v3, which documents and manifest are then held to.
set -eu

cd "$(dirname "$0")/.."
. cmake/packages.sh
# shellcheck disable=SC2086
need_packages $packages_test
# shellcheck disable=SC2086
(need_packages $packages_page) || echo 'Without them the page is not built; the summary says so.' >&2
mkdir -p build

# Many tests wait, for Wine to start or for a deadline.
tests_at_once=$(($(nproc) + 2))
summary=build/test-summary.txt
: >"$summary"
failed=0
began=$(date +%s)

# run_preset PRESET [CMAKE-ARGS...]: configure, build, test; a failure is kept for the end so that the others run too.
run_preset() {
    preset=$1
    shift
    start=$(date +%s)
    printf '\n=== %s ===\n' "$preset"
    if ! configure "$preset" -DSCHANCFG_BUILD_TESTS=ON "-DSCHANCFG_CORPUS=${SCHANCFG_CORPUS:-}" "-DSCHANCFG_DSC_SCHEMAS=${SCHANCFG_DSC_SCHEMAS:-}" "$@"; then
        result='configuring failed'
    elif ! cmake --build "build/$preset"; then
        result='the build failed'
    elif ! ctest --test-dir "build/$preset" --output-on-failure "--no-tests=$no_tests" -j "$tests_at_once" --output-log "build/$preset/ctest.log"; then
        result=$(grep -E '^[0-9]+% tests passed' "build/$preset/ctest.log" || echo 'the tests failed')
    else
        result=$(grep -E '^[0-9]+% tests passed' "build/$preset/ctest.log" || echo 'built')
        printf '%-8s %s, %d s\n' "$preset" "$result" $(($(date +%s) - start)) >>"$summary"
        return 0
    fi
    failed=1
    printf '%-8s FAILED: %s\n' "$preset" "$result" >>"$summary"
}

# First: the page that it makes is part of what is packed. Without Node its one test is not built, which the summary says.
no_tests=ignore
run_preset wasm
page=$(pwd)/build/wasm/schancfg.html
[ -f "$page" ] || page=
no_tests=error
# What only computes is tested by the optimized build, with all the states that a law has; `sh cmake/deep.sh sanitizers` looks at its memory too.
run_preset asan '-DSCHANCFG_ROOMS_LEFT_OUT=effect;handshake;lint;profiles;remedy'
# Rooms that know no system and were tested whole by asan are not built again, nor are the inputs of the fuzzers; `sh cmake/deep.sh windows` does.
run_preset mingw '-DSCHANCFG_ROOMS_LEFT_OUT=audit;codec;explain;facts;fuzz;plan;registry;schannel' "-DSCHANCFG_PAGE=$page"
run_preset release -DSCHANCFG_BUILD_ROOM_TESTS=OFF "-DSCHANCFG_PWSH=${SCHANCFG_PWSH:-}" "-DSCHANCFG_PAGE=$page"

printf '\n=== summary: %d s ===\n' $(($(date +%s) - began))
cat "$summary"
sort -u build/*/not-built.txt 2>/dev/null | sed 's/^/not built on this machine: /'
exit "$failed"
