#!/bin/sh
# sh cmake/fuzz.sh [SECONDS [NOUN...]]: runs the libFuzzer targets of tests/fuzz, each for SECONDS (60), under the address and undefined-behaviour
# sanitizers. NOUN is a target without its _fuzz: reg_text. Starts from tests/fuzz/corpus and what earlier runs kept in build/fuzz/corpus, with the words
# of tests/fuzz/NOUN.dict. Says at the end how often each ran and how much of the code it reached. Inputs that break something are in
# build/fuzz/crashes; they become files of tests/fuzz/corpus, which every test run replays.
set -eu

cd "$(dirname "$0")/.."
seconds=${1:-60}
case $seconds in
*[!0-9]* | '')
    echo "fuzz.sh: '$seconds' is no number of seconds" >&2
    exit 2
    ;;
esac
[ $# -eq 0 ] || shift
. cmake/packages.sh
# shellcheck disable=SC2086
need_packages $packages_deep
mkdir -p build
configure fuzz
cmake --build --preset fuzz
mkdir -p build/fuzz/crashes
summary=build/fuzz/summary.txt
: >"$summary"
failed=0
if [ $# -eq 0 ]; then
    for target in build/fuzz/tests/fuzz/*_fuzz; do set -- "$@" "$(basename "$target" _fuzz)"; done
fi
for noun; do
    target=build/fuzz/tests/fuzz/${noun}_fuzz
    if [ ! -x "$target" ]; then
        echo "fuzz.sh: there is no target '$noun'" >&2
        exit 2
    fi
    mkdir -p "build/fuzz/corpus/$noun"
    printf '\n=== fuzz %s, %s s ===\n' "$noun" "$seconds"
    dictionary=tests/fuzz/$noun.dict
    [ -f "$dictionary" ] || dictionary=
    log=build/fuzz/$noun.log
    # A single input that takes 5 s is a hang, one that takes a gigabyte is an attack.
    if "$target" -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        ${dictionary:+"-dict=$dictionary"} -artifact_prefix="build/fuzz/crashes/$noun-" \
        "build/fuzz/corpus/$noun" "tests/fuzz/corpus/$noun" >"$log" 2>&1; then
        result=ok
    else
        result='FAILED: build/fuzz/crashes'
        failed=1
        tail -n 40 "$log"
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(sed -n 's/.* cov: \([0-9]*\) ft: .*/\1/p' "$log" | tail -n 1)
    printf '%-14s %12s executions  %7s edges  %s\n' "$noun" "${runs:-?}" "${reached:-?}" "$result" | tee -a "$summary"
done
printf '\n=== summary ===\n'
cat "$summary"
exit "$failed"
