#include "schancfg/facts/groups.hpp"

#include <algorithm>
#include <charconv>

#include "name_index.hpp"

namespace schancfg::facts {
namespace {

// Ids and names: IANA, "TLS Supported Groups". Aliases: OpenSSL's short names (openssl ecparam -list_curves), NIST's (FIPS 186-4,
// appendix D), Windows' (tls-elliptic-curves-in-windows-10-1607-and-later.md, tls-supported-groups-in-windows-11-24h2-and-later.md),
// nmap's (nselib/tls.lua: ecdh_x25519) and sslscan's (sslscan.c: 25519).
constexpr Group table[] = {
    {0x0001, "sect163k1", "K-163"},
    {0x0002, "sect163r1", {}},
    {0x0003, "sect163r2", "B-163"},
    {0x0004, "sect193r1", {}},
    {0x0005, "sect193r2", {}},
    {0x0006, "sect233k1", "K-233"},
    {0x0007, "sect233r1", "B-233"},
    {0x0008, "sect239k1", {}},
    {0x0009, "sect283k1", "K-283"},
    {0x000A, "sect283r1", "B-283"},
    {0x000B, "sect409k1", "K-409"},
    {0x000C, "sect409r1", "B-409"},
    {0x000D, "sect571k1", "K-571"},
    {0x000E, "sect571r1", "B-571"},
    {0x000F, "secp160k1", {}},
    {0x0010, "secp160r1", {}},
    {0x0011, "secp160r2", {}},
    {0x0012, "secp192k1", {}},
    {0x0013, "secp192r1", "prime192v1 P-192 nistP192"},
    {0x0014, "secp224k1", {}},
    {0x0015, "secp224r1", "P-224 nistP224"},
    {0x0016, "secp256k1", {}},
    {0x0017, "secp256r1", "prime256v1 P-256 NistP256"},
    {0x0018, "secp384r1", "P-384 NistP384"},
    {0x0019, "secp521r1", "P-521 nistP521"},
    {0x001A, "brainpoolP256r1", {}},
    {0x001B, "brainpoolP384r1", {}},
    {0x001C, "brainpoolP512r1", {}},
    {0x001D, "x25519", "curve25519 25519 ecdh_x25519"},
    {0x001E, "x448", "curve448 448 ecdh_x448"},
    {0x001F, "brainpoolP256r1tls13", {}},
    {0x0020, "brainpoolP384r1tls13", {}},
    {0x0021, "brainpoolP512r1tls13", {}},
    {0x0022, "GC256A", {}},
    {0x0023, "GC256B", {}},
    {0x0024, "GC256C", {}},
    {0x0025, "GC256D", {}},
    {0x0026, "GC512A", {}},
    {0x0027, "GC512B", {}},
    {0x0028, "GC512C", {}},
    {0x0029, "curveSM2", "SM2"},
    {0x0100, "ffdhe2048", {}, 2048},
    {0x0101, "ffdhe3072", {}, 3072},
    {0x0102, "ffdhe4096", {}, 4096},
    {0x0103, "ffdhe6144", {}, 6144},
    {0x0104, "ffdhe8192", {}, 8192},
    {0x0200, "MLKEM512", {}},
    {0x0201, "MLKEM768", {}},
    {0x0202, "MLKEM1024", {}},
    {0x11EB, "SecP256r1MLKEM768", "secp256r1_mlkem768"},
    {0x11EC, "X25519MLKEM768", "x25519_mlkem768"},
    {0x11ED, "SecP384r1MLKEM1024", "secp384r1_mlkem1024"},
    {0x11EE, "curveSM2MLKEM768", {}},
    {0x6399, "X25519Kyber768Draft00", {}},
    {0x639A, "SecP256r1Kyber768Draft00", {}},
};

const NameIndex& index() {
    static const NameIndex made = [] {
        NameIndex names;
        for (std::size_t row = 0; row < std::size(table); ++row) {
            names.add(table[row].name, row);
            std::string_view rest = table[row].aliases;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(' '), rest.size());
                names.add(rest.substr(0, end), row);
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        names.sort();
        return names;
    }();
    return made;
}

}  // namespace

std::span<const Group> groups() { return table; }

const Group* find_group(std::uint16_t id) {
    const auto* found = std::ranges::lower_bound(table, id, {}, &Group::id);
    return found != std::end(table) && found->id == id ? found : nullptr;
}

const Group* find_group(std::string_view word) {
    if (const auto row = index().find(word)) return &table[*row];
    if (!word.starts_with("0x") && !word.starts_with("0X")) return nullptr;
    std::uint16_t id = 0;
    const auto [end, error] = std::from_chars(word.data() + 2, word.data() + word.size(), id, 16);
    return error == std::errc{} && end == word.data() + word.size() ? find_group(id) : nullptr;
}

}  // namespace schancfg::facts
