#include "schancfg/codec/reg_essence.hpp"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#include <bit>
#include <emmintrin.h>
#endif

#include "schancfg/ascii.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/utf.hpp"

// A line is left out where it can do nothing but set (or remove) one value that decides nothing. So it has to be certain which key is open and that no hex
// data goes on into the line; where it is not, the file is declined. Lines that stay are compared byte by byte, so what they say does not matter here.
namespace schancfg::codec {
namespace {

// What is remembered of files that anybody may have made.
constexpr std::size_t most_sections = 1u << 14, longest_key_line = 1u << 10;
constexpr std::size_t most_names = 1u << 16, longest_name = 1u << 8;
constexpr std::string_view header = "Windows Registry Editor Version 5.00";

/// UTF-16LE.
class Units {
public:
    explicit Units(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] std::size_t size() const { return bytes_.size() / 2; }
    [[nodiscard]] unsigned operator[](std::size_t at) const {
        return static_cast<unsigned char>(bytes_[2 * at]) | static_cast<unsigned>(static_cast<unsigned char>(bytes_[2 * at + 1])) << 8;
    }
    [[nodiscard]] std::string_view bytes(std::size_t from, std::size_t to) const { return bytes_.substr(2 * from, 2 * (to - from)); }
    [[nodiscard]] Units part(std::size_t from, std::size_t to) const { return Units(bytes(from, to)); }
    [[nodiscard]] Units from(std::size_t at) const { return part(at, size()); }
    [[nodiscard]] bool starts_with(std::string_view ascii) const {
        if (size() < ascii.size()) return false;
        for (std::size_t i = 0; i < ascii.size(); ++i) {
            if ((*this)[i] != static_cast<unsigned char>(ascii[i])) return false;
        }
        return true;
    }
    [[nodiscard]] bool contains(char c) const {
        for (std::size_t i = 0; i < size(); ++i) {
            if ((*this)[i] == static_cast<unsigned char>(c)) return true;
        }
        return false;
    }
    /// The first CR or LF at or behind `from`, or size().
    [[nodiscard]] std::size_t line_end(std::size_t from) const {
        std::size_t at = from;
#if defined(__SSE2__) || defined(_M_X64)
        for (; at + 8 <= size(); at += 8) {
            const __m128i eight = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes_.data() + 2 * at));
            const __m128i ends = _mm_or_si128(_mm_cmpeq_epi16(eight, _mm_set1_epi16('\r')), _mm_cmpeq_epi16(eight, _mm_set1_epi16('\n')));
            const auto mask = static_cast<unsigned>(_mm_movemask_epi8(ends));
            if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask)) / 2;
        }
#endif
        while (at < size() && (*this)[at] != '\r' && (*this)[at] != '\n') ++at;
        return at;
    }

private:
    std::string_view bytes_;
};

/// Printable ASCII without quotation mark and backslash, so that what is between quotation marks is what it says.
std::optional<std::string> plain_text(const Units& units) {
    std::string out(units.size(), '\0');
    for (std::size_t i = 0; i < units.size(); ++i) {
        const unsigned unit = units[i];
        if (unit < 0x20 || unit > 0x7E || unit == '"' || unit == '\\') return std::nullopt;
        out[i] = static_cast<char>(unit);
    }
    return out;
}

/// Behind the closing quotation mark of the name that begins the line; 0: it has none.
std::size_t behind_name(const Units& line) {
    for (std::size_t at = 1; at < line.size(); ++at) {
        if (line[at] == '\\') ++at;
        else if (line[at] == '"') return at + 1;
    }
    return 0;
}

/// Of a text between quotation marks that ends the line.
std::optional<std::string> own_text(const Units& data) {
    if (data.size() < 2 || data[0] != '"' || data[data.size() - 1] != '"') return std::nullopt;
    return plain_text(data.part(1, data.size() - 1));
}

/// The key of a line that opens one; nullopt: it does not, or does something else besides.
std::optional<registry::KeyPath> opened_by(std::string_view line) {
    const std::string text = "\xFF\xFE" + utf::to_utf16le(std::string(header) + "\r\n") + std::string(line);
    const auto decoded = decode_reg(text, {.file = {}});
    if (!decoded || !decoded.diagnostics.empty() || decoded.value->operations.size() != 1) return std::nullopt;
    const registry::Operation& operation = decoded.value->operations.front();
    return operation.op == registry::Op::create_key ? std::optional(operation.key) : std::nullopt;
}

}  // namespace

struct RegEssence::Section {
    registry::KeyPath key;
    bool is_own = false;
    std::unordered_map<std::string, bool, Hash, std::equal_to<>> names;  // which decide, by their spelling
};

/// The lines of one file, from which the essence is put together.
class RegEssence::Lines {
public:
    Lines(RegEssence& essence, std::string_view bytes) : essence_(essence), text_(bytes) {}

    [[nodiscard]] bool read() {
        essence_.bytes_.clear();
        const std::size_t first_end = text_.line_end(0);
        const Units first = text_.part(0, first_end);
        if (first.size() != header.size() + 1 || first[0] != 0xFEFF || !first.from(1).starts_with(header)) return false;
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t end = text_.line_end(at);
            // Windows ends a line at either; here each has both, but for the last, which may have none.
            if (end < text_.size() && (text_[end] != '\r' || end + 1 == text_.size() || text_[end + 1] != '\n')) return false;
            const std::size_t next = std::min(end + 2, text_.size());
            const auto kept = at == 0 ? std::optional(true) : take(text_.part(at, end));
            if (!kept) return false;
            if (!*kept) {
                keep(kept_from_, at);
                kept_from_ = next;
            }
            at = next;
        }
        keep(kept_from_, text_.size());
        return true;
    }
    [[nodiscard]] std::string take_own() { return std::move(own_); }

private:
    void keep(std::size_t from, std::size_t to) { essence_.bytes_.append(text_.bytes(from, to)); }

    /// Does the line stay? nullopt: the file is to be read.
    std::optional<bool> take(const Units& line) {
        if (line.size() == 0) return true;
        switch (line[0]) {
            case '[': return take_key(line);
            case '"': return take_value(line, behind_name(line));
            case '@': return take_value(line, 1);
            case ' ':
            case '\t': return take_more(line);
            // A comment among hex data says nothing; without the data around it it could.
            default: return goes_on_ ? std::nullopt : std::optional(true);
        }
    }

    std::optional<bool> take_key(const Units& line) {
        if (goes_on_) return std::nullopt;
        section_ = essence_.section_of(line.bytes(0, line.size()));
        if (section_ == nullptr) return std::nullopt;
        if (section_->is_own && had_own_section_) return std::nullopt;
        had_own_section_ = had_own_section_ || section_->is_own;
        return true;
    }

    std::optional<bool> take_value(const Units& line, std::size_t behind) {
        if (goes_on_ || behind == 0 || behind >= line.size() || line[behind] != '=') return std::nullopt;
        if (section_ == nullptr) return std::nullopt;
        const Units data = line.from(behind + 1);
        const auto name = behind == 1 ? std::optional(std::string()) : plain_text(line.part(1, behind - 1));
        const bool is_own = section_->is_own && (!name || utf::equal_no_case(*name, essence_.own_name_));
        if (is_own) {
            auto text = name ? own_text(data) : std::nullopt;
            if (!text || has_own_) return std::nullopt;
            has_own_ = true;
            own_ = std::move(*text);
            return false;
        }
        stays_ = !name || essence_.decides(*section_, *name);
        goes_on_ = data.starts_with("hex") && data.contains('\\');
        return stays_;
    }

    // Only hex data has lines that begin with blanks.
    std::optional<bool> take_more(const Units& line) {
        std::size_t at = 0;
        while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
        if (!goes_on_ || at == line.size() || !ascii::is_hex_digit(line[at])) return std::nullopt;
        goes_on_ = line.contains('\\');
        return stays_;
    }

    RegEssence& essence_;
    Units text_;
    Section* section_ = nullptr;
    std::size_t kept_from_ = 0;
    bool goes_on_ = false, stays_ = true;  // hex data, and the line that it began in
    bool had_own_section_ = false, has_own_ = false;
    std::string own_;
};

RegEssence::RegEssence(Decides decides, registry::KeyPath own, std::string own_name)
    : decides_(std::move(decides)), own_(std::move(own)), own_name_(std::move(own_name)) {}

RegEssence::~RegEssence() = default;

RegEssence::Section* RegEssence::section_of(std::string_view line) {
    if (line.size() > longest_key_line) return nullptr;
    if (const auto known = sections_.find(line); known != sections_.end()) return known->second.get();
    if (sections_.size() == most_sections) return nullptr;
    std::unique_ptr<Section> section;
    if (auto key = opened_by(line)) section = std::make_unique<Section>(Section{*key, *key == own_, {}});
    return sections_.emplace(std::string(line), std::move(section)).first->second.get();
}

bool RegEssence::decides(Section& section, std::string_view name) {
    if (const auto known = section.names.find(name); known != section.names.end()) return known->second;
    const bool answer = decides_(section.key, name);
    if (name.size() <= longest_name && names_ < most_names) {
        ++names_;
        section.names.emplace(std::string(name), answer);
    }
    return answer;
}

std::optional<RegEssence::Found> RegEssence::find(std::string_view bytes) {
    if (bytes.size() > reg_max_essence || bytes.size() % 2 != 0) return std::nullopt;
    Lines lines(*this, bytes);
    if (!lines.read()) return std::nullopt;
    return Found{bytes_, lines.take_own()};
}

}  // namespace schancfg::codec
