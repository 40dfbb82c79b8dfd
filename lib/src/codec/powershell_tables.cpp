#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>

#include "codec/powershell.hpp"
#include "codec/write_rank.hpp"
#include "schancfg/ascii.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Meets;
using registry::Value;
using registry::Wanted;
using registry::WantedValue;

std::string hex4(std::uint32_t unit) {
    char text[8] = {};
    const auto end = std::to_chars(text, text + sizeof text, unit, 16).ptr;
    std::string out(text, end);
    out.insert(0, out.size() < 4 ? 4 - out.size() : 0, '0');
    for (char& c : out) c = ascii::to_upper(c);
    return out;
}

// As a signed number of 32 bits, which is what .NET takes for a DWORD. The smallest one is not a literal.
std::string dword_literal(std::uint32_t number) {
    const auto value = static_cast<std::int32_t>(number);
    return value == INT32_MIN ? "[int]::MinValue" : std::to_string(value);
}

std::string qword_literal(std::uint64_t number) {
    const auto value = static_cast<std::int64_t>(number);
    return value == INT64_MIN ? "[long]::MinValue" : "[long] " + std::to_string(value);
}

std::string list_literal(const std::vector<std::string>& texts) {
    std::string out = "[string[]] @(";
    for (std::size_t i = 0; i < texts.size(); ++i) out.append(i == 0 ? "\n        " : ",\n        ").append(powershell_text(texts[i]));
    return out + (texts.empty() ? ")" : "\n    )");
}

std::string bytes_literal(std::string_view bytes) {
    std::string out = "[byte[]] @(";
    for (std::size_t i = 0; i < bytes.size(); ++i) out.append(i == 0 ? "" : ", ").append(std::to_string(static_cast<unsigned char>(bytes[i])));
    return out + ")";
}

// `Kind = ...; Data = ...`; empty: .NET would write other bytes.
std::string data_of(const Value& value) {
    if (const auto number = value.as_dword()) return "Kind = 'DWord'; Data = " + dword_literal(*number);
    if (const auto number = value.as_qword()) return "Kind = 'QWord'; Data = " + qword_literal(*number);
    if (value.type == registry::reg_binary) return "Kind = 'Binary'; Data = " + bytes_literal(value.bytes);
    if (value.type == registry::reg_none) return "Kind = 'None'; Data = " + bytes_literal(value.bytes);
    if (const auto text = value.as_string()) {
        if (Value::sz(*text) == value) return "Kind = 'String'; Data = " + powershell_text(*text);
        if (Value::expand_sz(*text) == value) return "Kind = 'ExpandString'; Data = " + powershell_text(*text);
    }
    if (const auto texts = value.as_strings(); texts && Value::multi_sz(*texts) == value) return "Kind = 'MultiString'; Data = " + list_literal(*texts);
    return {};
}

std::string numbers(const std::vector<std::size_t>& list) {
    std::string out;
    for (const std::size_t each : list) out.append(out.empty() ? "" : ", ").append(std::to_string(each));
    return "@(" + out + ")";
}

std::string_view meets_word(Meets meets) {
    switch (meets) {
        case Meets::dword_on: return "on";
        case Meets::dword_one_or_all: return "one or all";
        case Meets::dword_at_least: return "at least";
        case Meets::same_strings: return "strings";
        case Meets::any_value: return "any";
        case Meets::exact:
        case Meets::dword_off: break;
    }
    return {};
}

// The line of one item without the variants that it is for; empty: it can't be said.
std::string row_of(const WantedValue& item) {
    std::string out = "Key = " + powershell_text(item.key.path()) + "; Name = " + powershell_text(item.name) + "; ";
    if (item.value) {
        const std::string data = data_of(*item.value);
        if (data.empty()) return {};
        out += data;
    } else {
        out += "Kind = 'Absent'";
    }
    if (const std::string_view word = meets_word(item.meets); !word.empty()) out.append("; Met = '").append(word).append("'");
    if (item.absent_meets) out += "; OrAbsent = $true";
    if (item.companion) {
        std::string list;
        for (const std::uint32_t number : item.companion->numbers) list.append(list.empty() ? "" : ", ").append(dword_literal(number));
        out.append("; Beside = ").append(powershell_text(item.companion->name)).append("; BesideIs = @(").append(list).append(")");
        if (item.companion->absent_only) out += "; BesideAbsentOnly = $true";
    }
    if (!item.only_where_held.empty()) {
        std::string list;
        for (const std::string& name : item.only_where_held) list.append(list.empty() ? "" : ", ").append(powershell_text(name));
        out.append("; WhereHeld = @(").append(list).append(")");
    }
    return out;
}

struct Row {
    int rank = 1;
    const KeyPath* key = nullptr;
    std::string_view name = {};
    std::string text = {};
    std::vector<std::size_t> variants = {};
};

// Service packs have build numbers of their own: learn.microsoft.com, win32 SysInfo/operating-system-version, KB936330, KB948465, KB976932.
std::vector<std::uint32_t> builds_of(const facts::Release& release) {
    const std::uint32_t build = release.build.number;
    if (build == 7600) return {build, 7601};
    if (build == 6000 && !release.server) return {build, 6001, 6002};
    return {build};
}

class Tables {
public:
    explicit Tables(const CarrierInput& input) : input_(input) {
        for (std::size_t i = 0; i < input.variants.size(); ++i) add(input.variants[i].wanted, i);
        std::ranges::stable_sort(rows_, [](const Row& a, const Row& b) {
            if (a.rank != b.rank) return a.rank < b.rank;
            if (const auto order = *a.key <=> *b.key; order != 0) return order < 0;
            return utf::compare_no_case(a.name, b.name) < 0;
        });
    }

    PowershellTables take() {
        PowershellTables out;
        out.text = "$wanted = @(\n";
        for (const Row& row : rows_) out.text.append("    @{ ").append(row.text).append(for_variants(row)).append(" }\n");
        out.text += ")\n";
        out.text += "# Keys that are to be gone, or to hold nothing but what is asked of them.\n$gone = @(\n";
        for (const Row& row : gone_) out.text.append("    @{ ").append(row.text).append(for_variants(row)).append(" }\n");
        out.text += ")\n";
        out.text.append(releases());
        out.id = stable_uuid(out.text);
        std::ranges::stable_sort(gaps_, [](const CarrierGap& a, const CarrierGap& b) {
            if (const auto order = a.key <=> b.key; order != 0) return order < 0;
            return utf::compare_no_case(a.value, b.value) < 0;
        });
        out.gaps = std::move(gaps_);
        return out;
    }

private:
    void add(const Wanted& wanted, std::size_t variant) {
        for (const WantedValue& item : wanted.values) {
            if (item.key.root() != registry::Root::local_machine) {
                gap(item.key, item.name, "the script writes below HKLM alone");
                continue;
            }
            std::string text = row_of(item);
            if (text.empty()) gap(item.key, item.name, ".NET writes data of this type in its regular form alone");
            else merge(rows_, {write_rank(item), &item.key, item.name, std::move(text), {}}, variant);
        }
        for (const registry::WantedKey& item : wanted.keys) {
            if (item.present && !item.clear_values) continue;  // an empty key is no difference
            if (item.key.root() != registry::Root::local_machine) {
                gap(item.key, {}, "the script writes below HKLM alone");
                continue;
            }
            std::string text = "Key = " + powershell_text(item.key.path()) + (item.present ? "; ValuesOnly = $true" : "; ValuesOnly = $false");
            merge(gone_, {1, &item.key, {}, std::move(text), {}}, variant);
        }
    }

    void gap(const KeyPath& key, const std::string& name, std::string reason) {
        const auto same = [&](const CarrierGap& each) { return each.key == key && utf::equal_no_case(each.value, name); };
        if (std::ranges::none_of(gaps_, same)) gaps_.push_back({key, name, std::move(reason)});
    }

    void merge(std::vector<Row>& rows, Row row, std::size_t variant) {
        auto& seen = &rows == &rows_ ? row_of_text_ : gone_of_text_;
        const auto [at, is_new] = seen.try_emplace(row.text, rows.size());
        if (is_new) rows.push_back(std::move(row));
        rows[at->second].variants.push_back(variant);
    }

    [[nodiscard]] std::string for_variants(const Row& row) const {
        return row.variants.size() == input_.variants.size() ? std::string{} : "; In = " + numbers(row.variants);
    }

    // Which release is asked for which part (`In` above); none where the same is asked of every machine.
    [[nodiscard]] std::string releases() const {
        std::string out = "# Which builds of Windows are meant, and by which of the numbers in `In`; -1: known, and the profile is not for it. None: every machine.\n$releases = @(\n";
        const auto line = [&out](const facts::Release& release, std::string_view variant) {
            for (const std::uint32_t build : builds_of(release)) {
                out.append("    @{ Build = ").append(std::to_string(build)).append("; Server = ").append(release.server ? "$true " : "$false").append("; In = ").append(variant);
                out.append("; Name = ").append(powershell_text(release.name)).append(" }\n");
            }
        };
        const bool every = input_.variants.size() == 1 && input_.variants.front().releases.empty();
        for (const facts::Release& release : facts::releases()) {
            if (every) break;
            bool found = false;
            for (std::size_t i = 0; i < input_.variants.size(); ++i) {
                if (std::ranges::find(input_.variants[i].releases, &release) == input_.variants[i].releases.end()) continue;
                line(release, std::to_string(i));
                found = true;
            }
            if (!found && !is_another_name(release)) line(release, "-1");
        }
        return out + ")\n";
    }

    // Several releases can have one build: a machine is meant when it is one of them.
    [[nodiscard]] bool is_another_name(const facts::Release& release) const {
        for (const CarrierVariant& variant : input_.variants) {
            for (const facts::Release* each : variant.releases) {
                if (each->build.number == release.build.number && each->server == release.server) return true;
            }
        }
        return false;
    }

    const CarrierInput& input_;
    std::vector<Row> rows_;
    std::vector<Row> gone_;
    std::map<std::string, std::size_t> row_of_text_;
    std::map<std::string, std::size_t> gone_of_text_;
    std::vector<CarrierGap> gaps_;
};

}  // namespace

std::string powershell_text(std::string_view text) {
    // PowerShell ends a string in single quotes at a typographic one as well, so all that is not ASCII is written by its number.
    std::string plain;
    std::string out;
    const auto flush = [&] {
        if (!plain.empty()) out.append(out.empty() ? "'" : " + '").append(plain).append("'");
        plain.clear();
    };
    const std::string units = utf::to_utf16le(text);
    for (std::size_t i = 0; i + 1 < units.size(); i += 2) {
        const std::uint32_t unit = static_cast<unsigned char>(units[i]) | static_cast<std::uint32_t>(static_cast<unsigned char>(units[i + 1])) << 8;
        if (unit == '\'') {
            plain += "''";
        } else if (unit >= 0x20 && unit < 0x7F) {
            plain += static_cast<char>(unit);
        } else {
            flush();
            out.append(out.empty() ? "'' + " : " + ").append("[char] 0x").append(hex4(unit));
        }
    }
    flush();
    if (out.empty()) return "''";
    return out.find(" + [char]") == std::string::npos ? out : "(" + out + ")";
}

std::string powershell_comment(std::string_view text) {
    std::string out;
    const std::string shown = shorten(escape(text));
    for (std::size_t at = 0; at < shown.size();) {
        const char32_t point = utf::next_code_point(shown, at);
        out += point >= 0x20 && point < 0x7F ? static_cast<char>(point) : '?';
    }
    return out;
}

PowershellTables powershell_tables(const CarrierInput& input) { return Tables(input).take(); }

std::string powershell_head(const CarrierInput& input, const PowershellTables& tables, std::string_view synopsis, std::string_view usage) {
    std::string out;
    out.append("# ").append(synopsis).append("\n#\n");
    out.append("#     Profile:     ").append(powershell_comment(input.name)).append("\n");
    if (input.label != input.name) out.append("#     From:        ").append(powershell_comment(input.label)).append("\n");
    if (!input.description.empty()) out.append("#     Description: ").append(powershell_comment(input.description)).append("\n");
    out.append("#     Id:          ").append(tables.id).append("\n");
    if (input.removal) out.append("#\n# This one removes what the export without `removal` has set: each value becomes what an untouched installation has.\n");
    out.append("#\n");
    out.append(usage);
    if (!tables.gaps.empty()) {
        out.append("#\n# Not in this script:\n");
        for (const CarrierGap& gap : tables.gaps) {
            out.append("#     ").append(powershell_comment(gap.key.to_string() + (gap.value.empty() ? "" : "\\" + gap.value) + ": " + gap.reason)).append("\n");
        }
    }
    return out;
}

std::string powershell_lines(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

}  // namespace schancfg::codec
