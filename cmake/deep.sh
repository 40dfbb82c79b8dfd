#!/bin/sh
# sh cmake/deep.sh [laws] [sanitizers] [windows] [headers] [fuzz [SECONDS]] [tidy] [coverage] [mutation] [operators] [tsan] [race] [crash] [package] [judges]: the checks that take too long for every change; without words all of them.
#
# laws: every law of the effect, of handshakes, of lint, of fixes and of the program over 10,000 generated states, and predictions against every server of real
# stacks with one fact hidden. sanitizers: those rooms' tests under the address and
# undefined behaviour sanitizers. windows: the rooms that test.sh leaves out of the Windows programs, under Wine. headers: each public header compiled alone. fuzz: each target for SECONDS (60), see cmake/fuzz.sh. tidy: clang-tidy with the rules of .clang-tidy. coverage: lines and
# branches that the tests reach, as a table and as pages in build/coverage/report. mutation: each fault of tests/mutation must make a test fail. operators: of 300 changed operators of the analysis, how many no test notices.
# tsan: the program and its threads under the thread sanitizer. race: five hundred times two and three at once on one target.
# crash: both hives of an image in one run, killed and without power at every step.
# package: the library built as a part of another project (add_subdirectory), shared. judges: every shipped profile on every release, value by value, by PowerShell under Wine (SCHANCFG_PWSH: tests/judges/powershell/README.md), and a whole role by Ansible.
set -eu

cd "$(dirname "$0")/.."
. cmake/packages.sh
# shellcheck disable=SC2086
need_packages $packages_deep
mkdir -p build
failed=0

laws() {
    printf '\n=== laws over 10,000 states ===\n'
    # Optimized: ten times as fast.
    configure release -DSCHANCFG_BUILD_TESTS=ON -DSCHANCFG_BUILD_ROOM_TESTS=ON
    cmake --build build/release --target test_effect test_handshake test_lint test_remedy test_program
    for room in effect handshake lint remedy program; do
        program=$(find build/release/tests -name "test_$room" -type f)
        SCHANCFG_LAW_STATES=10000 "$program" '[law]' --durations yes || failed=1
    done
    cmake --build build/release --target schancfg_cli
    STACKS_HIDDEN_OF=1 ctest --test-dir build/release --output-on-failure --no-tests=error -V -R '^stacks_agreement$' || failed=1
}

sanitizers() {
    printf '\n=== sanitizers, the rooms that test.sh leaves out ===\n'
    configure asan -DSCHANCFG_BUILD_TESTS=ON '-DSCHANCFG_ROOMS_LEFT_OUT='
    cmake --build build/asan --target test_effect test_handshake test_lint test_profiles test_remedy
    ctest --test-dir build/asan --output-on-failure --no-tests=error -j "$(nproc)" -R '^(effect|handshake|lint|profiles|remedy)$' || failed=1
}

windows() {
    printf '\n=== rooms as Windows programs ===\n'
    configure mingw -DSCHANCFG_BUILD_TESTS=ON '-DSCHANCFG_ROOMS_LEFT_OUT=' "-DSCHANCFG_CORPUS=${SCHANCFG_CORPUS:-}"
    cmake --build build/mingw
    ctest --test-dir build/mingw --output-on-failure --no-tests=error -j "$(nproc)" -R '^(audit|codec|explain|facts|plan|registry|schannel|fuzz\..*)$' || failed=1
}

headers() {
    configure dev -DSCHANCFG_BUILD_TESTS=ON
    cmake --build build/dev --target house_headers || failed=1
}

fuzz() {
    sh cmake/fuzz.sh "$1" || failed=1
}

tidy() {
    configure tidy
    printf '\n=== clang-tidy ===\n'
    run-clang-tidy-16 -p build/tidy -quiet "$(pwd)/(lib/src|cli)/.*" >build/tidy/findings.txt 2>build/tidy/log.txt || failed=1
    grep -E '(warning|error):' build/tidy/findings.txt | sort -u || echo 'no findings'
}

tsan() {
    printf '\n=== thread sanitizer ===\n'
    configure tsan -DSCHANCFG_BUILD_TESTS=ON
    cmake --build build/tsan --target schancfg_cli test_program test_backend test_apply
    TSAN_OPTIONS=halt_on_error=1 ctest --test-dir build/tsan --output-on-failure --no-tests=error -j "$(nproc)" \
        -R '^(cli\..*|backend|apply)$' -E 'check$|hostile|scope$' || failed=1
}

mutation() {
    printf '\n=== mutation ===\n'
    python3 tests/mutation/run.py . build/mutation || failed=1
}

operators() {
    printf '\n=== operators ===\n'
    python3 tests/mutation/operators.py . build/operators --seed "$(date +%j)" --most 15 || failed=1
}

coverage() {
    configure coverage -DSCHANCFG_BUILD_TESTS=ON "-DSCHANCFG_CORPUS=${SCHANCFG_CORPUS:-}"
    cmake --build build/coverage
    find build/coverage -name '*.gcda' -delete
    # The files of the counters would be calls to be killed at and to fail. Names in every output reach no line that others do not,
    # in thousands of runs.
    ctest --test-dir build/coverage --output-on-failure -j "$(nproc)" -E '^(crash\.(kill|fault)|cli\.escaping)' || failed=1
    mkdir -p build/coverage/report
    printf '\n=== coverage ===\n'
    gcovr --root . --filter 'lib/' --filter 'cli/' --exclude-throw-branches --exclude-unreachable-branches \
        --html-details build/coverage/report/index.html --txt build/coverage/report/lines.txt build/coverage
    cat build/coverage/report/lines.txt
    echo 'Pages: build/coverage/report/index.html'
}

# crash_script ARGS...: one of tests/crash, as ctest runs them.
crash_script() {
    configure dev -DSCHANCFG_BUILD_TESTS=ON
    cmake --build build/dev --target schancfg_cli crash_interposer
    SCHANCFG="$(pwd)/build/dev/cli/schancfg" INTERPOSER="$(find "$(pwd)/build/dev/tests/crash" -name 'libcrash_interposer*')" KILLED_RUN='' LIVE_RUN='' \
        PYTHONPATH=tests/crash python3 -B "$@" || failed=1
}

race() {
    printf '\n=== races ===\n'
    crash_script tests/crash/race.py 500
}

crash() {
    printf '\n=== hives killed and without power ===\n'
    crash_script tests/crash/kill_test.py -v Hives
    crash_script tests/crash/power_test.py -v HivePowerCut
}

package() {
    printf '\n=== the library as a part of another project ===\n'
    configure release -DSCHANCFG_BUILD_TESTS=ON -DSCHANCFG_BUILD_ROOM_TESTS=OFF -DSCHANCFG_EVERY=ON
    ctest --test-dir build/release --output-on-failure --no-tests=error -R '^package\.subdirectory$' || failed=1
}

judges() {
    printf '\n=== judges ===\n'
    if [ -z "${SCHANCFG_PWSH:-}" ]; then
        if ! command -v dotnet >/dev/null; then
            echo 'left out: needs the .NET SDK, or SCHANCFG_PWSH'
            return 0
        fi
        sh tests/judges/powershell/build.sh build/pwsh
        SCHANCFG_PWSH=$(pwd)/build/pwsh
    fi
    configure release -DSCHANCFG_BUILD_TESTS=ON -DSCHANCFG_BUILD_ROOM_TESTS=OFF "-DSCHANCFG_PWSH=$SCHANCFG_PWSH" -DSCHANCFG_EVERY=ON
    cmake --build build/release --target schancfg_cli
    ctest --test-dir build/release --output-on-failure --no-tests=error -j "$(nproc)" -R '^judge_' || failed=1
}

if [ $# -eq 0 ]; then set -- laws sanitizers windows headers fuzz tidy coverage mutation operators tsan race crash package judges; fi
while [ $# -gt 0 ]; do
    case $1 in
    fuzz)
        case ${2:-} in
        '' | *[!0-9]*) fuzz 60 ;;
        *)
            fuzz "$2"
            shift
            ;;
        esac
        ;;
    laws) laws ;;
    sanitizers) sanitizers ;;
    windows) windows ;;
    headers) headers ;;
    tidy) tidy ;;
    coverage) coverage ;;
    mutation) mutation ;;
    operators) operators ;;
    tsan) tsan ;;
    race) race ;;
    crash) crash ;;
    package) package ;;
    judges) judges ;;
    *)
        echo "deep.sh: there is no check '$1': laws, sanitizers, windows, headers, fuzz [SECONDS], tidy, coverage, mutation, operators, tsan, race, crash, package, judges" >&2
        exit 2
        ;;
    esac
    shift
done
exit "$failed"
