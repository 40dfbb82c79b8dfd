// A hive, two logs beside it and changes to it. Real hives are mostly zeros between few bytes that matter, and nothing in them is read where a checksum
// is wrong, so an input is the bytes that matter: flags (1: the hive's checksum is set right, 2: those of the logs, 4: the hashes of their entries), then
// hive, first and second log, each behind its length in two bytes; what follows are changes. Of each the first 48 bytes are those of its header; zeros
// fill it up.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "property.hpp"
#include "schancfg/codec/regf.hpp"
#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/codec/regf_log.hpp"
#include "schancfg/utf.hpp"

using namespace schancfg;
using namespace schancfg::codec;

namespace {

constexpr std::size_t header = 48;

std::uint32_t get32(std::string_view bytes, std::size_t at) {
    std::uint32_t out = 0;
    for (std::size_t i = 4; i-- > 0;) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
    return out;
}
void put32(std::string& bytes, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xFF);
}
void put64(std::string& bytes, std::size_t at, std::uint64_t number) {
    put32(bytes, at, static_cast<std::uint32_t>(number & 0xFFFFFFFF));
    put32(bytes, at + 4, static_cast<std::uint32_t>(number >> 32));
}
void set_checksum(std::string& bytes) {
    std::uint32_t sum = 0;
    for (std::size_t at = 0; at < 508; at += 4) sum ^= get32(bytes, at);
    put32(bytes, 508, sum == 0 ? 1 : sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum);
}

class Input {
public:
    explicit Input(std::string_view bytes) : rest_(bytes) {}
    std::uint8_t byte() { return rest_.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(take(1)[0]); }
    std::size_t number() {
        const std::size_t low = byte();
        return low | static_cast<std::size_t>(byte()) << 8;
    }
    std::string_view take(std::size_t size) {
        const std::string_view out = rest_.substr(0, size);
        rest_.remove_prefix(out.size());
        return out;
    }
    [[nodiscard]] bool is_empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::string make(std::string_view part, std::size_t block, std::size_t unit) {
    std::string out(part.substr(0, header));
    if (part.size() < header) return out;
    out.resize(block, '\0');
    out += part.substr(header);
    out.resize((out.size() + unit - 1) / unit * unit, '\0');
    return out;
}
std::string make_hive(std::string_view part, bool right) {
    std::string out = make(part, 4096, 4096);
    if (right && out.size() >= 512) set_checksum(out);
    return out;
}
std::string make_log(std::string_view part, bool right, bool hashes_right) {
    std::string out = make(part, 512, 512);
    if (out.size() < 512) return out;
    // Its last page.
    out.append(8192, '\0');
    if (right) set_checksum(out);
    for (std::size_t at = 512; hashes_right && at + 40 <= out.size();) {
        const std::size_t size = get32(out, at + 4);
        if (size < 512 || size % 512 != 0 || size > out.size() - at) break;
        const std::string_view entry = std::string_view(out).substr(at, size);
        const std::uint64_t data = hive_log_hash(entry.substr(40));
        put64(out, at + 24, data);
        put64(out, at + 32, hive_log_hash(std::string_view(out).substr(at, 32)));
        at += size;
    }
    return out;
}

using Path = std::vector<std::string>;
HivePath view(const Path& path) { return {path.begin(), path.end()}; }

struct Dump {
    /// By folded names; value names are folded as well.
    std::map<Path, std::pair<Path, std::map<std::string, registry::NamedValue>>> keys;
    bool has_twins = false;  // two of one name, which Windows never makes

    [[nodiscard]] bool holds_the_same(const Dump& other) const {
        return std::ranges::equal(keys, other.keys, [](const auto& a, const auto& b) {
            return a.first == b.first && std::ranges::equal(a.second.second, b.second.second, [](const auto& x, const auto& y) { return x.first == y.first && x.second.value == y.second.value; });
        });
    }
};

Path folded(const Path& path) {
    Path out;
    for (const std::string& part : path) out.push_back(utf::fold_case(part));
    return out;
}

// All of the hive; demands that it is not more than its bytes can hold. False: it is damaged somewhere.
bool read(const Hive& hive, Dump& out) {
    struct Open {
        HiveCell cell;
        Path path;
    };
    std::vector<Open> open{{hive.root(), {}}};
    std::size_t held = 0;
    bool sound = true;
    while (!open.empty()) {
        const auto [cell, path] = std::move(open.back());
        open.pop_back();
        held += 80;
        const auto values = hive.values(cell);
        const auto children = hive.children(cell);
        if (!values || !children) {
            sound = false;
            continue;
        }
        auto [place, is_new] = out.keys.try_emplace(folded(path), path, std::map<std::string, registry::NamedValue>{});
        if (!is_new) out.has_twins = true;
        for (const HiveValue& each : *values) {
            held += 24 + (each.value.value.bytes.size() > 4 ? each.value.value.bytes.size() : 0);
            if (!place->second.second.emplace(utf::fold_case(each.value.name), each.value).second) out.has_twins = true;
        }
        for (const HiveChild& child : *children) {
            Path below = path;
            below.push_back(child.name);
            const auto found = hive.child(cell, child.name);
            demand(found && *found, "a key that is listed is found");
            // Names of a depth that no Windows has cost the square of it.
            if (below.size() > 512) sound = false;
            else open.push_back({child.cell, std::move(below)});
        }
    }
    demand(held <= hive.header().bins_size, "no more is read than there is");
    return sound;
}

std::string name_of(Input& input) {
    std::string out;
    const std::size_t size = input.byte() % 40;
    for (const char c : input.take(size)) {
        const auto code = static_cast<unsigned char>(c);
        utf::append_utf8(out, c == '\\' || code == 0 ? U'x' : code < 0x80 ? code : static_cast<char32_t>(0x380 + code));
    }
    return out.empty() ? "n" : out;
}

// The changes, made to the editor and to what was read before.
void change(Input& input, HiveEditor& editor, Dump& model) {
    for (int step = 0; step < 40 && !input.is_empty(); ++step) {
        const std::uint8_t what = input.byte();
        auto at = model.keys.begin();
        std::advance(at, static_cast<std::ptrdiff_t>(input.byte() % model.keys.size()));
        Path path = at->second.first;
        switch (what % 4) {
            case 0: {
                path.push_back(name_of(input));
                const auto made = editor.create(view(path));
                demand(made.has_value(), "a key can be made");
                demand(*made == model.keys.try_emplace(folded(path), path, std::map<std::string, registry::NamedValue>{}).second, "it is new where none was there");
                break;
            }
            case 1: {
                if (path.empty()) break;
                const auto answer = editor.erase(view(path));
                demand(answer.has_value(), "a key can be erased");
                const auto next = std::next(at);
                const bool is_parent = next != model.keys.end() && next->first.size() > at->first.size() && std::equal(at->first.begin(), at->first.end(), next->first.begin());
                demand((*answer == HiveEditor::Answer::has_children) == is_parent, "one with keys below it can't");
                if (!is_parent) model.keys.erase(at);
                break;
            }
            case 2: {
                std::string name = name_of(input);
                if (what % 8 == 2 && !at->second.second.empty()) name = at->second.second.begin()->second.name;
                const auto answer = editor.unset(view(path), name);
                demand(answer.has_value(), "a value can be removed");
                demand((*answer == HiveEditor::Answer::done) == (at->second.second.erase(utf::fold_case(name)) == 1), "if it is there");
                break;
            }
            default: {
                std::string name = what % 8 == 3 ? std::string() : name_of(input);
                const std::size_t size = input.number();
                const registry::Value value{what / 8u, std::string(what < 0x80 ? size % 64 : size, static_cast<char>(size))};
                const auto answer = editor.set(view(path), name, value);
                demand(answer && *answer == HiveEditor::Answer::done, "a value can be set");
                at->second.second.insert_or_assign(utf::fold_case(name), registry::NamedValue{name, value});
            }
        }
    }
}

// Makes of what is there what was there.
void undo(HiveEditor& editor, const Dump& now, const Dump& before) {
    for (const auto& [key, held] : before.keys) demand(editor.create(view(held.first)).has_value(), "a key comes back");
    for (auto each = now.keys.rbegin(); each != now.keys.rend(); ++each) {
        const auto kept = before.keys.find(each->first);
        if (kept == before.keys.end()) {
            const auto answer = editor.erase(view(each->second.first));
            demand(answer && *answer == HiveEditor::Answer::done, "a new key goes");
            continue;
        }
        for (const auto& [name, value] : each->second.second) {
            if (!kept->second.second.contains(name)) demand(editor.unset(view(kept->second.first), value.name).has_value(), "a new value goes");
        }
    }
    for (const auto& [key, held] : before.keys) {
        for (const auto& [name, value] : held.second) demand(editor.set(view(held.first), value.name, value.value).has_value(), "a value comes back");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(text_of(data, size));
    const std::uint8_t flags = input.byte();
    const std::string bytes = make_hive(input.take(input.number()), (flags & 1) != 0);
    const std::string one = make_log(input.take(input.number()), (flags & 2) != 0, (flags & 4) != 0);
    const std::string two = make_log(input.take(input.number()), (flags & 2) != 0, (flags & 4) != 0);
    const std::array<std::string_view, 2> logs{one, two};

    const auto recovered = recover_hive(bytes, logs);
    if (!recovered) return 0;
    demand(recovered->bytes.size() <= bytes.size() + one.size() + two.size() + 4096, "a hive grows by no more than its logs");
    const auto hive = Hive::open(recovered->bytes.empty() ? std::string_view(bytes) : recovered->bytes);
    if (!hive) return 0;
    if (recovered->recovery == HiveRecovery::replayed) demand(!hive->header().is_dirty(), "a hive that was replayed is clean");
    Dump before;
    const bool is_read = read(*hive, before);
    const bool is_sound = hive->check_all().has_value();
    if (is_sound && before.keys.size() < 500) demand(is_read || std::ranges::any_of(before.keys, [](const auto& each) { return each.first.size() >= 512; }), "a sound hive is read");
    if (!is_read || before.has_twins || recovered->last_sequence == 0xFFFFFFFF) return 0;

    HiveEditor editor(*hive);
    Dump expected = before;
    change(input, editor, expected);
    const auto written = editor.encode(1, recovered->last_sequence + 1);
    if (!is_sound) {
        demand(!editor.is_changed() || !written, "a damaged hive is not written");
        return 0;
    }
    // A layer above another hive is not.
    if (!written && written.error().code == ErrorCode::unsupported) return 0;
    demand(written.has_value(), "a sound hive is written");
    const auto again = Hive::open(*written);
    demand(again.has_value() && again->check_all().has_value(), "what is written is sound");
    Dump found;
    demand(read(*again, found) && found.holds_the_same(expected), "and holds what was asked for");
    if (*written == hive->bytes()) return 0;
    demand(!again->header().is_dirty() && !recover_hive(*written, logs)->log_is_newer, "no log fits what is written");

    HiveEditor back(*again);
    undo(back, found, before);
    const auto undone = back.encode(2, recovered->last_sequence + 2);
    demand(undone.has_value(), "it can be undone");
    const auto last = Hive::open(*undone);
    Dump end;
    demand(last && read(*last, end) && end.holds_the_same(before), "and holds what was there");
    return 0;
}
