#include "schancfg/codec/reg_sieve.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/reg_text_parser.hpp"
#include "schancfg/utf.hpp"
#include "words.hpp"

// The parser itself says what it passes over: it reads a window of whole lines, and that part of the text is left out. What it reads depends on nothing before
// the last key line that it took for one, so the window moves on to there, with the first line of the file before it, which is its header. For the same reason
// the window of a later slice begins at a key line, and what stands before that goes to the slice before.
namespace schancfg::codec {
namespace {

using namespace reg_text;

constexpr std::size_t most_below_one_key = 32u << 20;  // bytes that may have to be read again with those that follow

/// Wants no values, but to know where a key line was the last.
class KeyLines final : public Sink {
public:
    explicit KeyLines(const LineReader& lines) : lines_(lines) {}
    void open_key(registry::Root, std::string_view, LinePlace) override { last_ = lines_.line_begin(); }
    void erase_key(registry::Root, std::string_view, LinePlace) override { last_ = lines_.line_begin(); }
    void pass_key(registry::Root, std::string_view) override { last_ = lines_.line_begin(); }
    bool set_value(std::string_view, registry::Value, LinePlace) override { return false; }
    void erase_value(std::string_view, LinePlace) override {}

    [[nodiscard]] std::size_t last() const { return last_; }

private:
    const LineReader& lines_;
    std::size_t last_ = 0;
};

}  // namespace

class RegSieve::Window {
public:
    Window(const registry::AreaIndex& only, bool is_first) : only_(only), is_begun_(is_first) {}

    char* room(std::size_t size) {
        if (bytes_.size() < used_ + size) bytes_.resize_and_overwrite(used_ + size, [](char*, std::size_t all) { return all; });
        return bytes_.data() + used_;
    }

    bool take(std::size_t size) {
        const std::string_view fresh = std::string_view(bytes_).substr(used_, size);
        used_ += size;
        if (!is_begun_) return used_ <= most_below_one_key;
        if (!knows_encoding_ && used_ >= 2) {
            knows_encoding_ = true;
            is_wide_ = bytes_[0] == '\xFF' && bytes_[1] == '\xFE';
            is_declined_ = !is_wide_ && !is_ascii(std::string_view(bytes_).substr(0, 2));
        }
        if (knows_encoding_ && !is_wide_ && !is_ascii(fresh)) is_declined_ = true;
        // Twice as much each time, where nothing of it can be given away.
        if (!is_declined_ && used_ - given_ >= wanted_) move(false);
        return !is_declined_;
    }

    /// The first line of the file, with its end; empty: not all of it is there.
    [[nodiscard]] std::string_view header() const {
        const std::size_t end = knows_encoding_ ? end_of_first_line(used_) : used_;
        return end < used_ ? std::string_view(bytes_).substr(0, end) : std::string_view();
    }

    /// Of a later slice: begins at the first key line that is one for sure, if it is there. False: declined.
    bool begin(std::string_view header) {
        if (is_begun_ || header.empty() || used_ < wanted_) return true;
        is_wide_ = header.starts_with('\xFF');
        const std::size_t key = sure_key_line();
        // Twice as much each time, here as well.
        wanted_ = key == 0 ? 2 * used_ : 0;
        if (key == 0) return true;
        const std::string rest(bytes_, key, used_ - key);
        before_.assign(bytes_, 0, key);
        bytes_.assign(header);
        used_ = header_ = given_ = header.size();
        is_begun_ = knows_encoding_ = true;
        rest.copy(room(rest.size()), rest.size());
        return take(rest.size());
    }

    /// What of a later slice belongs to the one before; all of it where it holds no such line.
    [[nodiscard]] std::string_view before() const { return is_begun_ ? before_ : std::string_view(bytes_).substr(0, used_); }

    std::optional<std::string> finish() {
        if (!is_begun_) return std::string();
        if (!is_declined_) move(true);
        if (is_declined_) return std::nullopt;
        return std::move(out_);
    }

private:
    [[nodiscard]] std::size_t unit_size() const { return is_wide_ ? 2 : 1; }
    [[nodiscard]] bool is_unit(std::size_t at, char c) const { return bytes_[at] == c && (!is_wide_ || bytes_[at + 1] == '\0'); }

    // 0: none is there yet, or what stands before it does not say for sure that it is one: hex data could go on in it.
    [[nodiscard]] std::size_t sure_key_line() const {
        const std::size_t size = unit_size();
        const std::string begin = is_wide_ ? utf::to_utf16le("\n[HKEY_") : "\n[HKEY_";
        const std::string_view text = std::string_view(bytes_).substr(0, used_);
        const auto is_end = [this](std::size_t at) { return is_unit(at, '\n') || is_unit(at, '\r'); };
        for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
            if (at % size != 0) continue;
            bool is_closed = false, is_sure = true;
            std::size_t end = at + begin.size();
            for (; end + size <= used_ && !is_end(end); end += size) {
                is_closed = is_closed || is_unit(end, ']');
                is_sure = is_sure && !is_unit(end, '\0');
            }
            if (end + size > used_) return 0;
            std::size_t line = at;  // behind the last line that says anything
            while (line >= size && (is_end(line - size) || is_unit(line - size, ' ') || is_unit(line - size, '\t'))) line -= size;
            is_sure = is_sure && line >= size && !is_unit(line - size, '\\');
            for (; is_sure && line >= size && !is_end(line - size); line -= size) is_sure = !is_unit(line - size, ';');
            if (is_sure && is_closed && line >= size) return at + size;
        }
        return 0;
    }

    // Behind the last line that is there as a whole; a line end of one unit at the end may get a second.
    [[nodiscard]] std::size_t whole_lines() const {
        const std::size_t size = unit_size(), end = used_ / size * size;
        for (std::size_t at = end; at >= given_ + size; at -= size) {
            if (is_unit(at - size, '\n') || (is_unit(at - size, '\r') && at != end)) return at;
        }
        return 0;
    }

    // Gives away what is decided.
    void move(bool is_last) {
        const std::size_t end = is_last ? used_ : whole_lines();
        if (end == 0 && !is_last) return wait();
        passed_.clear();
        LineReader lines(std::string_view(bytes_).substr(0, end), is_wide_ ? Encoding::utf16le : Encoding::utf8, false);
        lines.record(passed_, !is_last);
        KeyLines keys(lines);
        RegErrors errors({}, false, Elsewhere::silent);
        RegTextParser(lines, is_wide_ ? Encoding::utf16le : Encoding::utf8, false, &only_, keys, errors).run();
        if (errors.has_errors()) {
            is_declined_ = true;
            return;
        }
        const std::size_t to = is_last ? end : std::max(keys.last(), lines.ended_at());
        if (to > given_) {
            give(to);
            if (header_ == 0) header_ = end_of_first_line(to);
            used_ -= to - header_;
            std::memmove(bytes_.data() + header_, bytes_.data() + to, used_ - header_);
            given_ = header_;
        }
        wait();
    }

    void wait() {
        wanted_ = 2 * (used_ - given_);
        if (used_ - given_ > most_below_one_key) is_declined_ = true;
    }

    // It is followed by a key line, or by nothing.
    [[nodiscard]] std::size_t end_of_first_line(std::size_t to) const {
        const std::size_t size = unit_size();
        for (std::size_t at = 0; at + size <= to; at += size) {
            if (is_unit(at, '\n')) return at + size;
            if (is_unit(at, '\r')) return at + 2 * size <= to && is_unit(at + size, '\n') ? at + 2 * size : at + size;
        }
        return to;
    }

    void give(std::size_t to) {
        std::size_t at = given_;
        for (const PassedLines& passed : passed_) {
            if (passed.begin >= to) break;
            out_.append(bytes_, at, passed.begin - at);
            repeat('\n', passed.line_ends);
            if (passed.is_open) repeat(' ', 1);
            at = passed.end;
        }
        out_.append(bytes_, at, to - at);
    }

    void repeat(char c, std::size_t times) {
        const std::size_t from = out_.size();
        out_.resize(from + times * unit_size());
        for (std::size_t at = from; at < out_.size(); at += unit_size()) out_[at] = c;
    }

    const registry::AreaIndex& only_;
    std::string bytes_;          // the header, and what is not given away
    std::size_t used_ = 0, header_ = 0;
    std::size_t given_ = 0;      // where that begins; the header itself is in `out_` then
    std::size_t wanted_ = 0;     // bytes to look at together
    bool is_begun_;              // else all of a later slice is here, as it came
    std::string before_;         // what stands before the key line that it begins at
    bool knows_encoding_ = false, is_wide_ = false, is_declined_ = false;
    std::vector<PassedLines> passed_;
    std::string out_;
};

RegSieve::RegSieve(const registry::AreaIndex& only, std::size_t slices) {
    for (std::size_t slice = 0; slice < slices; ++slice) windows_.push_back(std::make_unique<Window>(only, slice == 0));
}
RegSieve::~RegSieve() = default;

char* RegSieve::room(std::size_t size, std::size_t slice) { return windows_[slice]->room(size); }

bool RegSieve::take(std::size_t size, std::size_t slice) { return windows_[slice]->take(size) && windows_[slice]->begin(windows_.front()->header()); }

std::optional<std::string> RegSieve::finish() {
    std::string out;
    for (std::size_t slice = windows_.size(); slice-- > 0;) {
        Window& window = *windows_[slice];
        if (slice + 1 < windows_.size()) {
            const std::string_view more = windows_[slice + 1]->before();
            more.copy(window.room(more.size()), more.size());
            if (!window.take(more.size())) return std::nullopt;
        }
        auto text = window.finish();
        if (!text) return std::nullopt;
        out.insert(0, *text);
    }
    return out;
}

}  // namespace schancfg::codec
