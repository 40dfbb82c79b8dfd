#!/bin/sh
# sh cmake/deep.sh [fuzz [SECONDS]] [tidy] [coverage]: the checks that take too long for every change; without words all three.
#
# fuzz: each target for SECONDS (60), from tests/fuzz/corpus and what earlier runs kept in build/fuzz/corpus. tidy: clang-tidy with
# the rules of .clang-tidy. coverage: lines and branches that the tests reach, as a table and as pages in build/coverage/report.
set -eu

cd "$(dirname "$0")/.."
. cmake/packages.sh
# shellcheck disable=SC2086
need_packages $packages_deep
mkdir -p build
failed=0

fuzz() {
    seconds=$1
    configure fuzz
    cmake --build --preset fuzz
    for target in build/fuzz/tests/fuzz/*_fuzz; do
        noun=$(basename "$target" _fuzz)
        mkdir -p "build/fuzz/corpus/$noun" build/fuzz/crashes
        printf '\n=== fuzz %s, %s s ===\n' "$noun" "$seconds"
        # A single input that takes 5 s is a hang, one that takes a gigabyte is an attack.
        "$target" -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
            -artifact_prefix="build/fuzz/crashes/$noun-" "build/fuzz/corpus/$noun" "tests/fuzz/corpus/$noun" || {
            failed=1
            echo "deep.sh: $noun failed; the input is in build/fuzz/crashes" >&2
        }
    done
}

tidy() {
    configure tidy
    printf '\n=== clang-tidy ===\n'
    run-clang-tidy-16 -p build/tidy -quiet "$(pwd)/(lib/src|cli)/.*" >build/tidy/findings.txt 2>build/tidy/log.txt || failed=1
    grep -E '(warning|error):' build/tidy/findings.txt | sort -u || echo 'no findings'
}

coverage() {
    configure coverage -DSCHANCFG_BUILD_TESTS=ON "-DSCHANCFG_CORPUS=${SCHANCFG_CORPUS:-}"
    cmake --build build/coverage
    find build/coverage -name '*.gcda' -delete
    ctest --test-dir build/coverage --output-on-failure -j "$(nproc)" || failed=1
    mkdir -p build/coverage/report
    printf '\n=== coverage ===\n'
    gcovr --root . --filter 'lib/' --filter 'cli/' --exclude-throw-branches --exclude-unreachable-branches \
        --html-details build/coverage/report/index.html --txt build/coverage/report/lines.txt build/coverage
    cat build/coverage/report/lines.txt
    echo 'Pages: build/coverage/report/index.html'
}

if [ $# -eq 0 ]; then set -- fuzz tidy coverage; fi
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
    tidy) tidy ;;
    coverage) coverage ;;
    *)
        echo "deep.sh: there is no check '$1': fuzz [SECONDS], tidy, coverage" >&2
        exit 2
        ;;
    esac
    shift
done
exit "$failed"
