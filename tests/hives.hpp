// Hives made for tests, byte by byte: no file of a real machine is needed to run them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/codec/regf_log.hpp"

namespace hives {

inline void put32(std::string& bytes, std::size_t at, std::uint32_t number) {
    for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(number >> (8 * i) & 0xFF);
}
inline std::uint32_t get32(std::string_view bytes, std::size_t at) {
    std::uint32_t out = 0;
    for (std::size_t i = 4; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}
inline void put64(std::string& bytes, std::size_t at, std::uint64_t number) {
    put32(bytes, at, static_cast<std::uint32_t>(number & 0xFFFFFFFF));
    put32(bytes, at + 4, static_cast<std::uint32_t>(number >> 32));
}

inline void set_checksum(std::string& block) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < 508; at += 4) sum ^= get32(block, at);
    put32(block, 508, sum == 0 ? 1 : sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum);
}

/// A hive of 8 KiB: a root key without values, and its security descriptor.
inline std::string minimal(std::uint32_t minor = 5, std::uint32_t sequence = 7) {
    std::string out(8192, '\0');
    out.replace(0, 4, "regf");
    put32(out, 4, sequence);
    put32(out, 8, sequence);
    put64(out, 12, 0x01D9000000000000);
    put32(out, 20, 1);
    put32(out, 24, minor);
    put32(out, 32, 1);
    put32(out, 36, 32);
    put32(out, 40, 4096);
    put32(out, 44, 1);
    set_checksum(out);
    out.replace(4096, 4, "hbin");
    put32(out, 4096 + 8, 4096);
    // The root key, 76 bytes and its name.
    const std::string name = "ROOT";
    const std::size_t root = 4096 + 32;
    put32(out, root, static_cast<std::uint32_t>(-88));
    out.replace(root + 4, 2, "nk");
    out[root + 4 + 2] = 0x2C;  // root, not to be removed, a name of one byte a character
    put32(out, root + 4 + 16, 0xFFFFFFFF);
    for (const std::size_t at : {28u, 32u, 40u, 48u}) put32(out, root + 4 + at, 0xFFFFFFFF);
    put32(out, root + 4 + 44, 32 + 88);
    out[root + 4 + 72] = 4;
    out.replace(root + 4 + 76, 4, name);
    // Its security descriptor: self-relative, without owner and lists.
    const std::size_t security = root + 88;
    put32(out, security, static_cast<std::uint32_t>(-48));
    out.replace(security + 4, 2, "sk");
    put32(out, security + 4 + 4, 32 + 88);
    put32(out, security + 4 + 8, 32 + 88);
    put32(out, security + 4 + 12, 1);
    put32(out, security + 4 + 16, 20);
    out[security + 4 + 20] = 1;
    out[security + 4 + 20 + 3] = static_cast<char>(0x80);
    put32(out, security + 48, 8192 - static_cast<std::uint32_t>(security + 48));
    return out;
}

/// `a\b\c` taken apart.
inline schancfg::codec::HivePath path(std::string_view text) {
    schancfg::codec::HivePath out;
    while (!text.empty()) {
        const std::size_t end = text.find('\\');
        out.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

struct Line {
    std::string key;
    std::string name;
    schancfg::registry::Value value;
};
/// The hive with these values, or the error of writing it as text; a key without a value has an empty name and type 0xFFFF.
inline std::string with(const std::string& hive, const std::vector<Line>& lines, std::uint32_t sequence = 9) {
    const auto opened = schancfg::codec::Hive::open(hive);
    if (!opened) return opened.error().message;
    schancfg::codec::HiveEditor editor(*opened);
    for (const Line& line : lines) {
        if (auto made = editor.create(path(line.key)); !made) return made.error().message;
        if (line.value.type == 0xFFFF) continue;
        if (auto set = editor.set(path(line.key), line.name, line.value); !set) return set.error().message;
    }
    auto bytes = editor.encode(0x01DA000000000000, sequence);
    return bytes ? *bytes : bytes.error().message;
}

/// A SYSTEM hive with one control set and these values below it.
inline std::string system(const std::vector<Line>& below = {}) {
    std::vector<Line> lines{{"Select", "Current", schancfg::registry::Value::dword(1)},
                            {"Select", "Default", schancfg::registry::Value::dword(1)},
                            {"Select", "Failed", schancfg::registry::Value::dword(0)},
                            {"Select", "LastKnownGood", schancfg::registry::Value::dword(1)},
                            {"ControlSet001\\Control\\ComputerName\\ComputerName", "ComputerName", schancfg::registry::Value::sz("GOLDEN")},
                            {"ControlSet001\\Control\\SecurityProviders\\SCHANNEL", "EventLogging", schancfg::registry::Value::dword(1)}};
    for (const Line& line : below) lines.push_back({"ControlSet001\\" + line.key, line.name, line.value});
    return with(minimal(), lines);
}

/// A SOFTWARE hive of Windows Server 2022.
inline std::string software() {
    return with(minimal(), {{"Microsoft\\Windows NT\\CurrentVersion", "CurrentBuildNumber", schancfg::registry::Value::sz("20348")},
                            {"Microsoft\\Windows NT\\CurrentVersion", "UBR", schancfg::registry::Value::dword(2700)},
                            {"Microsoft\\Windows NT\\CurrentVersion", "ProductName", schancfg::registry::Value::sz("Windows Server 2022 Standard")},
                            {"Microsoft\\Windows NT\\CurrentVersion", "InstallationType", schancfg::registry::Value::sz("Server")},
                            {"Microsoft\\Cryptography", "MachineGuid", schancfg::registry::Value::sz("2f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b")}});
}

/// Left in the middle of a write: its sequence numbers differ.
inline std::string dirty(std::string hive) {
    put32(hive, 4, get32(hive, 8) + 1);
    set_checksum(hive);
    return hive;
}

/// Pages of 4,096 bytes in which the two differ, by their offset from the end of the base block.
inline std::vector<std::uint32_t> changed_pages(const std::string& before, const std::string& after) {
    std::vector<std::uint32_t> out;
    for (std::size_t at = 4096; at < after.size(); at += 4096) {
        if (at >= before.size() || before.compare(at, 4096, after, at, 4096) != 0) out.push_back(static_cast<std::uint32_t>(at - 4096));
    }
    return out;
}

/// One entry of a log of the new format that makes `before` into `after`.
inline std::string entry(const std::string& before, const std::string& after, std::uint32_t sequence) {
    const auto pages = changed_pages(before, after);
    std::string out(40 + pages.size() * 8, '\0');
    for (std::size_t i = 0; i < pages.size(); ++i) {
        put32(out, 40 + i * 8, pages[i]);
        put32(out, 44 + i * 8, 4096);
        out += after.substr(4096 + pages[i], 4096);
    }
    out.resize((out.size() + 511) / 512 * 512, '\0');
    out.replace(0, 4, "HvLE");
    put32(out, 4, static_cast<std::uint32_t>(out.size()));
    put32(out, 12, sequence);
    put32(out, 16, static_cast<std::uint32_t>(after.size() - 4096));
    put32(out, 20, static_cast<std::uint32_t>(pages.size()));
    put64(out, 24, schancfg::codec::hive_log_hash(std::string_view(out).substr(40)));
    put64(out, 32, schancfg::codec::hive_log_hash(std::string_view(out).substr(0, 32)));
    return out;
}

/// A log of the new format with these entries, the first of them of `sequence`.
inline std::string new_log(const std::string& hive, std::uint32_t sequence, const std::vector<std::string>& entries) {
    std::string out = hive.substr(0, 512);
    put32(out, 4, sequence);
    put32(out, 8, sequence);
    put32(out, 28, 6);
    set_checksum(out);
    for (const std::string& each : entries) out += each;
    return out;
}

/// A log of the old format that makes `before` into `after`.
inline std::string old_log(const std::string& before, const std::string& after, std::uint32_t sequence) {
    std::string out = before.substr(0, 512);
    put32(out, 4, sequence);
    put32(out, 8, sequence);
    put32(out, 28, 1);
    put32(out, 40, static_cast<std::uint32_t>(after.size() - 4096));
    set_checksum(out);
    out += "DIRT";
    std::string bits((after.size() - 4096) / 512 / 8, '\0'), pages;
    for (std::size_t i = 0; i * 512 + 4096 < after.size(); ++i) {
        const std::size_t at = 4096 + i * 512;
        if (at < before.size() && before.compare(at, 512, after, at, 512) == 0) continue;
        bits[i / 8] = static_cast<char>(bits[i / 8] | 1 << (i % 8));
        pages += after.substr(at, 512);
    }
    out += bits;
    out.resize((out.size() + 511) / 512 * 512, '\0');
    return out + pages;
}

}  // namespace hives
