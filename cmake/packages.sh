# Read by run.sh, test.sh and deep.sh: the Debian packages that each needs, and how to get them.

packages_run='g++ cmake ninja-build libboost-program-options-dev libspdlog-dev libfmt-dev libtomlplusplus-dev nlohmann-json3-dev libpugixml-dev'
packages_wasm='clang-16 lld-16 wasi-libc libc++-16-dev-wasm32 libc++abi-16-dev-wasm32 libclang-rt-16-dev-wasm32'
packages_test="$packages_run catch2 wine64 g++-mingw-w64-x86-64 openssl gnutls-bin nmap sslscan python3 python3-jsonschema python3-yaml python3-samba python3-junitparser ansible ansible-lint cmark-gfm dpkg-dev file libhivex-bin libwin-hivex-perl libregf-utils reglookup ntfs-3g $packages_wasm"
packages_deep="$packages_test clang-tidy-16 libclang-rt-16-dev libc++-16-dev libc++abi-16-dev llvm-16 gcovr"

# For the page and its tests. Node.js is often there from elsewhere, with an npm that Debian's package would not go with.
packages_page=
command -v node >/dev/null || packages_page="$packages_page nodejs"
command -v npm >/dev/null || packages_page="$packages_page npm"
command -v chromium >/dev/null || packages_page="$packages_page chromium"

# need_packages NAME...: installs those that are missing, after saying which. Everything it prints goes to standard error.
need_packages() {
    if ! grep -qs '^VERSION_CODENAME=bookworm$' /etc/os-release || ! command -v apt-get >/dev/null; then
        if [ -n "${SCHANCFG_HAVE_PACKAGES:-}" ]; then return 0; fi
        {
            echo "This script installs what it needs on Debian 12 only. This system needs the like of these Debian packages:"
            echo "    $*"
            echo "When they are there, set SCHANCFG_HAVE_PACKAGES=1 and run it again."
        } >&2
        exit 1
    fi
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0

    echo "Installing with apt-get:$missing" >&2
    if [ "$(id -u)" -eq 0 ]; then
        root=env
    elif command -v sudo >/dev/null; then
        root='sudo env'
    else
        echo "Not root, and there is no sudo. As root: apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    log=$(mktemp)
    # shellcheck disable=SC2086
    if $root apt-get -qq update </dev/null >"$log" 2>&1 &&
        $root DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends -o DPkg::Lock::Timeout=300 \
            $missing </dev/null >>"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        echo "apt-get could not install:$missing" >&2
        exit 1
    fi
}

# configure PRESET [CMAKE-ARGS...]: only when it was never done, or not with these arguments, or the presets are newer.
configure() {
    preset=$1
    shift
    tree=build/$preset
    if [ ! -f "$tree/build.ninja" ] || [ CMakePresets.json -nt "$tree/configured" ] || [ "$*" != "$(cat "$tree/configured")" ]; then
        cmake --preset "$preset" "$@" && echo "$*" >"$tree/configured"
    fi
}
