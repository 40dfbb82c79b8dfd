#include "schancfg/codec/pol.hpp"

#include <algorithm>

#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

constexpr std::string_view signature{"PReg\x01\0\0\0", 8};
constexpr std::size_t max_warnings = 1000;

class PolReader {
public:
    PolReader(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

    Decoded<std::vector<PolEntry>> run() {
        Decoded<std::vector<PolEntry>> out;
        if (read_all()) out.value = std::move(entries_);
        out.diagnostics = std::move(found_);
        return out;
    }

private:
    static std::string at_offset(std::size_t at) { return " at byte " + std::to_string(at); }

    bool refuse(std::string_view rule, std::string message, std::string fix) {
        found_.push_back({std::string(rule), Severity::error, {file_, number(), 0}, std::move(message), std::move(fix)});
        return false;
    }

    void warn(std::string message) {
        if (warnings_ == max_warnings) return;
        found_.push_back({"pol-form", Severity::warning, {file_, number(), 0}, std::move(message), "write the file again with the tool that made it"});
        ++warnings_;
    }

    // Of the entry that is being read.
    [[nodiscard]] std::uint32_t number() const { return at_ < signature.size() ? 0 : static_cast<std::uint32_t>(entries_.size() + 1); }

    bool cut(std::string_view what) {
        return refuse("pol-truncated", "the file ends within " + std::string(what) + at_offset(bytes_.size()) + "; the entry begins" + at_offset(entry_), "copy the file again, in binary mode");
    }

    bool read_all() {
        if (bytes_.size() > policy_max_file) return refuse("pol-limit", "the file is larger than 64 MiB", "no policy is");
        if (bytes_.size() < signature.size() || !bytes_.starts_with("PReg")) {
            return refuse("pol-header", "this is not a registry.pol: it does not begin with PReg", "give the registry.pol of the policy's Machine folder");
        }
        if (!bytes_.starts_with(signature)) return refuse("pol-header", "this registry.pol is not of version 1", "only version 1 is documented");
        at_ = signature.size();
        while (at_ < bytes_.size()) {
            const std::string_view rest = bytes_.substr(at_);
            if (rest.size() < 12 && rest.find_first_not_of('\0') == std::string_view::npos) {
                warn("zero bytes follow the last entry" + at_offset(at_));
                return true;
            }
            if (entries_.size() == pol_max_entries) return refuse("pol-limit", "there are more than a million entries", "no policy has as many");
            if (!read_entry()) return false;
        }
        return true;
    }

    [[nodiscard]] char16_t unit(std::size_t at) const {
        return static_cast<char16_t>(static_cast<unsigned char>(bytes_[at]) | (static_cast<unsigned char>(bytes_[at + 1]) << 8));
    }

    // The rest of an entry: a type, a size, data of that size and the end. No name begins with a control character, but who knows what a file holds.
    [[nodiscard]] bool is_type(std::size_t at) const {
        if (at + 14 > bytes_.size() || unit(at) > registry::reg_qword || unit(at + 2) != 0 || unit(at + 4) != u';' || unit(at + 10) != u';') return false;
        const std::size_t size = unit(at + 6) | static_cast<std::size_t>(unit(at + 8)) << 16;
        return size <= bytes_.size() - (at + 14) && unit(at + 12 + size) == u']';
    }

    bool take(char16_t sign, std::string_view what) {
        if (at_ + 2 > bytes_.size()) return cut(what);
        if (unit(at_) == sign) {
            at_ += 2;
            return true;
        }
        return refuse("pol-syntax", std::string("expected '") + static_cast<char>(sign) + "' " + std::string(what) + at_offset(at_) + "; the entry begins" + at_offset(entry_),
                      "copy the file again, in binary mode");
    }

    // Up to its NUL and the `;` behind it.
    bool take_name(std::string& into, std::string_view what) {
        const std::size_t start = at_;
        // The longest path that the registry can hold, with room for tools that are wrong about it.
        constexpr std::size_t most = 2 * 65536;
        while (true) {
            if (at_ + 2 > bytes_.size()) return cut(what);
            const char16_t here = unit(at_);
            if (here == 0) break;
            if (at_ - start >= most) return refuse("pol-limit", std::string(what) + " is longer than 65,536 characters" + at_offset(start), "no key or value has such a name");
            if (here == u';' && what == "the name of a value" && is_type(at_ + 2)) {
                warn("the name of a value lacks its NUL" + at_offset(at_));
                break;
            }
            at_ += 2;
        }
        into = utf::from_utf16le(bytes_.substr(start, at_ - start));
        std::size_t nuls = 0;
        while (at_ + 2 <= bytes_.size() && unit(at_) == 0) {
            at_ += 2;
            ++nuls;
        }
        if (nuls > 1) warn("several NULs end " + std::string(what) + at_offset(at_));
        return true;
    }

    bool take_number(std::uint32_t& into, std::string_view what) {
        if (bytes_.size() - at_ < 4) return cut(what);
        into = static_cast<std::uint32_t>(unit(at_)) | (static_cast<std::uint32_t>(unit(at_ + 2)) << 16);
        at_ += 4;
        return true;
    }

    bool read_entry() {
        PolEntry entry;
        entry_ = entry.offset = at_;
        std::uint32_t size = 0;
        if (!take(u'[', "at the beginning of an entry")) return false;
        if (!take_name(entry.key, "the name of a key") || !take(u';', "behind the key")) return false;
        if (const std::size_t cut = entry.key.find(';'); cut != std::string::npos && is_type(at_)) {
            warn("the name of a key lacks its NUL" + at_offset(entry_));
            entry.name = entry.key.substr(cut + 1);
            entry.key.resize(cut);
        } else if (!take_name(entry.name, "the name of a value") || !take(u';', "behind the name")) {
            return false;
        }
        if (!take_number(entry.type, "a type") || !take(u';', "behind the type")) return false;
        if (!take_number(size, "a size") || !take(u';', "behind the size")) return false;
        if (size > bytes_.size() - at_) {
            return refuse("pol-truncated", "the data of an entry take " + std::to_string(size) + " bytes, and " + std::to_string(bytes_.size() - at_) + " are left" + at_offset(at_) + "; the entry begins" + at_offset(entry_),
                          "copy the file again, in binary mode");
        }
        if (size > pol_max_data) warn("the data of an entry are larger than the 65,535 bytes that a policy may have" + at_offset(at_));
        entry.data = bytes_.substr(at_, size);
        at_ += size;
        if (!take(u']', "at the end of an entry")) return false;
        entries_.push_back(std::move(entry));
        return true;
    }

    std::string_view bytes_;
    const std::string& file_;
    std::size_t at_ = 0;
    std::size_t entry_ = 0;
    std::vector<PolEntry> entries_;
    Diagnostics found_;
    std::size_t warnings_ = 0;
};

void append_number(std::string& out, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((number >> shift) & 0xFF);
}

}  // namespace

Decoded<std::vector<PolEntry>> decode_pol(std::string_view bytes, const std::string& file) { return PolReader(bytes, file).run(); }

std::string encode_pol(const std::vector<PolEntry>& entries) {
    constexpr std::string_view nul{"\0\0", 2};
    constexpr std::string_view semicolon{";\0", 2};
    std::string out(signature);
    for (const PolEntry& entry : entries) {
        out.append("[\0", 2).append(utf::to_utf16le(entry.key)).append(nul).append(semicolon);
        out.append(utf::to_utf16le(entry.name)).append(nul).append(semicolon);
        append_number(out, entry.type);
        out.append(semicolon);
        append_number(out, static_cast<std::uint32_t>(entry.data.size()));
        out.append(semicolon).append(entry.data).append("]\0", 2);
    }
    return out;
}

}  // namespace schancfg::codec
