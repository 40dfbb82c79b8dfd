#!/bin/sh
# fetch_boost.sh FOLDER: the source files of Boost.Program_options, from Debian's source package boost1.74, into FOLDER.
# apt checks the signature. The machine's own apt settings and package lists are not touched.
set -eu
folder=$1
work=$folder.part
rm -rf "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
cd "$work"

# The mirrors that this machine uses already; its deb-src lines are usually off.
apt-get indextargets --format 'deb-src $(SITE) $(RELEASE) main' 'Created-By: Packages' 2>/dev/null |
    grep -E ' bookworm(-updates|-security)? main$' | sort -u >sources.list || true
[ -s sources.list ] || {
    echo "fetch_boost.sh: apt knows no Debian mirror yet; run apt-get update first" >&2
    exit 1
}

apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::Lists="$work/lists" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
echo 'Fetching the source of Boost.Program_options (60 MB, once)' >&2
{
    apt update
    apt source --download-only boost1.74
} >fetch.log 2>&1 || {
    cat fetch.log >&2
    echo 'fetch_boost.sh: Debian'\''s source package boost1.74 could not be fetched' >&2
    exit 1
}
cmake -E tar xf boost1.74_*.orig.tar.* '*/libs/program_options/src/*'
mv ./*/libs/program_options/src "$folder"
rm -rf "$work"
