#!/bin/sh
# fetch_source.sh PACKAGE PATH FOLDER: the folder PATH of Debian's source package PACKAGE becomes FOLDER.
# Debian's own patches are applied, those of its security team among them. apt checks the signature. The machine's own apt settings and package lists are not touched.
set -eu
package=$1
path=$2
folder=$3
work=$folder.part
rm -rf "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
cd "$work"

# The mirrors that this machine uses already; its deb-src lines are usually off.
apt-get indextargets --format 'deb-src $(SITE) $(RELEASE) main' 'Created-By: Packages' 2>/dev/null |
    grep -E ' bookworm(-updates|-security)? main$' | sort -u >sources.list || true
[ -s sources.list ] || {
    echo "fetch_source.sh: apt knows no Debian mirror yet; run apt-get update first" >&2
    exit 1
}

apt() {
    apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::Lists="$work/lists" \
        -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
echo "Fetching Debian's source package $package (once)" >&2
{
    apt update
    apt source --download-only "$package"
} >fetch.log 2>&1 || {
    cat fetch.log >&2
    echo "fetch_source.sh: Debian's source package $package could not be fetched" >&2
    exit 1
}
mkdir source debian
(cd source && cmake -E tar xf ../"$package"_*.orig.tar.* "*/$path/*")
(cd debian && cmake -E tar xf ../"$package"_*.debian.tar.* "debian/patches/*")
cd source/*
if [ -f ../../debian/debian/patches/series ]; then
    # git for its --include; this folder is in no repository.
    export GIT_CEILING_DIRECTORIES="$PWD/.."
    grep -v '^#' ../../debian/debian/patches/series | while read -r patch options; do
        [ -n "$patch" ] || continue
        git apply --whitespace=nowarn --allow-empty --include="$path/*" "../../debian/debian/patches/$patch" || {
            echo "fetch_source.sh: Debian's patch $patch ($options) does not apply to $package" >&2
            exit 1
        }
    done
fi
cd ../..
mv source/*/"$path" "$folder"
rm -rf "$work"
