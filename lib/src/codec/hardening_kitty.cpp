#include "schancfg/codec/hardening_kitty.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "csv.hpp"
#include "schancfg/facts/curves.hpp"
#include "schancfg/facts/registry_values.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/text.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::codec {
namespace {

using registry::KeyPath;
using registry::Meets;
using registry::Value;
using registry::WantedValue;

enum Column : std::size_t { id, category, name, method, path, item, initial, recommended, operation, count };
constexpr std::array<std::string_view, Column::count> column_names{"ID",           "Category",     "Name",             "Method",  "RegistryPath",
                                                                   "RegistryItem", "DefaultValue", "RecommendedValue", "Operator"};
// Without these nothing can be said; the others describe.
constexpr std::array needed{Column::method, Column::path, Column::item, Column::recommended, Column::operation};

constexpr std::size_t most_warnings = 1000;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// HardeningKitty's word for "the value is not there", in the lists that it writes itself as a backup.
constexpr std::string_view no_data = "-NODATA-";

using Columns = std::array<std::size_t, Column::count>;

Columns columns_of(const std::vector<std::string>& header) {
    Columns out{};
    for (std::size_t i = 0; i < column_names.size(); ++i) {
        const auto found = std::ranges::find_if(header, [&](const std::string& each) { return utf::equal_no_case(each, column_names[i]); });
        out[i] = found == header.end() ? nowhere : static_cast<std::size_t>(found - header.begin());
    }
    return out;
}

std::string utf8_of(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return utf::from_utf16le(bytes.substr(2));
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return std::string(bytes);
}

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// `HKLM:\SYSTEM\...` as PowerShell's drives spell it. Only `\` separates.
Result<KeyPath> key_of(std::string_view text) {
    constexpr std::string_view provider = "Registry::";
    if (text.size() > provider.size() && utf::equal_no_case(text.substr(0, provider.size()), provider)) text.remove_prefix(provider.size());
    std::string word(text);
    if (const std::size_t colon = word.find(':'); colon != std::string::npos && colon < word.find('\\')) word.erase(colon, 1);
    return KeyPath::parse(word);
}

std::vector<std::string> names_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find_first_of(",; ", start), text.size());
        if (end > start) out.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return out;
}

// What type the value has: by its setting, by the row of the facts, or by what the list recommends.
enum class Kind : std::uint8_t { number, text, comma_list, strings };

Kind kind_of(const KeyPath& key, std::string_view value_name, std::string_view text) {
    if (const schannel::Setting* setting = schannel::find_setting(key, value_name)) {
        switch (setting->form) {
            case schannel::Form::suites:
            case schannel::Form::curves:
            case schannel::Form::signatures: return setting->list_form == schannel::WriteList::Form::comma_separated ? Kind::comma_list : Kind::strings;
            default: return Kind::number;
        }
    }
    const facts::RegistryValue* row = nullptr;
    (void)schannel::permission(key, value_name, &row);
    const std::string_view type = row == nullptr ? std::string_view{} : row->type;
    if (type.starts_with("REG_MULTI_SZ")) return Kind::strings;
    if (type.starts_with("REG_SZ") || type.starts_with("REG_EXPAND_SZ")) return Kind::text;
    return type.starts_with("REG_DWORD") || number_of(text) ? Kind::number : Kind::text;
}

class FindingListReader {
public:
    FindingListReader(std::string_view text, const HardeningKittyOptions& options) : records_(text, {hardening_kitty_max_field, hardening_kitty_max_columns}), options_(options) {}

    bool run() {
        std::vector<std::string> fields;
        if (!records_.next(fields)) return error(records_.error().empty() ? "the file is empty" : records_.error(), "take a finding list of HardeningKitty");
        const Columns columns = columns_of(fields);
        for (const Column column : needed) {
            if (columns[column] == nowhere) {
                // As a spreadsheet saves it where the comma is the decimal sign.
                const char other = fields.size() > 1 ? '\0' : fields.front().find(';') != std::string::npos ? ';' : fields.front().find('\t') != std::string::npos ? '\t' : '\0';
                if (other != '\0') return error(std::string("the columns are separated by ") + (other == ';' ? "semicolons" : "tabs"), "save the list with commas");
                return error("the first line has no column " + quote(column_names[column]), "a finding list of HardeningKitty names its columns there");
            }
        }
        std::size_t rows = 0;
        while (records_.next(fields)) {
            if (++rows > hardening_kitty_max_rows) return error("there are more than 50,000 rows", "a finding list has some hundred");
            const auto of = [&](Column column) { return columns[column] < fields.size() ? std::string_view(fields[columns[column]]) : std::string_view{}; };
            take(of);
        }
        if (!records_.error().empty()) return error(records_.error(), "check the quotation marks of this line");
        if (left_out_ > 0) diagnostics.push_back({"hardening-kitty-row", Severity::warning, {options_.file}, std::to_string(left_out_) + " more rows are left out", {}});
        return true;
    }

    HardeningKittyList list;
    Diagnostics diagnostics;

private:
    [[nodiscard]] Span place() const { return {options_.file, records_.line(), 1}; }

    bool error(std::string message, std::string fix) {
        diagnostics.push_back({"hardening-kitty-syntax", Severity::error, place(), std::move(message), std::move(fix)});
        return false;
    }
    void leave_out(std::string message, std::string fix = {}) {
        if (diagnostics.size() >= most_warnings) {
            ++left_out_;
            return;
        }
        diagnostics.push_back({"hardening-kitty-row", options_.strict ? Severity::error : Severity::warning, place(), "the row is left out: " + message, std::move(fix)});
    }

    template <class Of>
    void take(const Of& of) {
        if (of(Column::method) != "Registry") {
            list.others.push_back({"not-writable", Severity::error, place(), "the row is about " + quote(of(Column::method)) + " and not about a registry value", {}});
            return;
        }
        const auto key = key_of(of(Column::path));
        if (!key) return leave_out(quote(of(Column::path)) + " is not the path of a key", "expected such as HKLM:\\SYSTEM\\CurrentControlSet");
        const KeyPath path = registry::canonical(*key);
        const std::string_view value_name = of(Column::item);
        if (schannel::permission(path, value_name) == schannel::Permission::outside) {
            list.elsewhere.push_back({.key = path, .name = std::string(value_name), .value = Value::sz(of(Column::recommended)), .origin = place(), .overridden = {}});
            return;
        }
        HardeningKittyRow row{std::string(of(Column::id)), std::string(of(Column::category)), std::string(of(Column::name)), std::string(of(Column::operation)),
                              std::string(of(Column::recommended)), WantedValue{.key = path, .name = std::string(value_name), .value = {}, .origin = place(), .overridden = {}}};
        if (fill(row, of(Column::initial))) list.rows.push_back(std::move(row));
    }

    // What the row asks for; false: it was left out.
    bool fill(HardeningKittyRow& row, std::string_view initial) {
        if (row.operation != "=" && row.operation != ">=") {
            leave_out("the operator " + quote(row.operation) + " is not read", "expected one of: =, >=");
            return false;
        }
        if (row.recommended.empty()) {
            leave_out("nothing is recommended for " + quote(row.wanted.name));
            return false;
        }
        if (row.recommended == no_data) return true;  // absent
        const Kind kind = kind_of(row.wanted.key, row.wanted.name, row.recommended);
        if (kind != Kind::number && row.operation == ">=") {
            leave_out(quote(row.wanted.name) + " is not a number, and >= compares numbers");
            return false;
        }
        switch (kind) {
            case Kind::number: return fill_number(row, initial);
            case Kind::text: row.wanted.value = Value::sz(row.recommended); break;
            case Kind::comma_list: row.wanted.value = Value::sz(join(names_of(row.recommended), ",")); break;
            case Kind::strings: row.wanted.value = Value::multi_sz(spelled(row)); break;
        }
        row.wanted.meets = Meets::same_strings;
        row.wanted.absent_meets = utf::equal_no_case(initial, row.recommended);
        return true;
    }

    bool fill_number(HardeningKittyRow& row, std::string_view initial) {
        const auto number = number_of(row.recommended);
        if (!number) {
            leave_out(quote(row.recommended) + " is not a number, which " + quote(row.wanted.name) + " is", "expected a number from 0 to 4294967295");
            return false;
        }
        row.wanted.value = Value::dword(*number);
        const auto held = number_of(initial);
        const bool least = row.operation == ">=";
        if (least) row.wanted.meets = Meets::dword_at_least;
        row.wanted.absent_meets = held && (least ? *held >= *number : *held == *number);
        return true;
    }

    // HardeningKitty compares without case, Windows' spelling is what is to be written.
    static std::vector<std::string> spelled(const HardeningKittyRow& row) {
        std::vector<std::string> names = names_of(row.recommended);
        if (!utf::equal_no_case(row.wanted.name, "EccCurves")) return names;
        for (std::string& each : names) {
            if (const facts::Curve* curve = facts::find_curve(each)) each = curve->name;
        }
        return names;
    }

    CsvRecords records_;
    const HardeningKittyOptions& options_;
    std::size_t left_out_ = 0;
};

}  // namespace

registry::Wanted HardeningKittyList::wanted() const {
    registry::Wanted out;
    std::map<std::string, std::size_t> places;
    for (const HardeningKittyRow& row : rows) {
        const std::string value = utf::fold_case(row.wanted.key.to_string()) + '\n' + utf::fold_case(row.wanted.name);
        const auto [found, is_new] = places.emplace(value, out.values.size());
        if (is_new) {
            out.values.push_back(row.wanted);
            continue;
        }
        WantedValue& held = out.values[found->second];
        std::vector<Span> overridden = std::move(held.overridden);
        overridden.push_back(held.origin);
        held = row.wanted;
        held.overridden = std::move(overridden);
    }
    out.sort();
    return out;
}

bool is_hardening_kitty(std::string_view bytes) {
    const std::string head = utf8_of(bytes.substr(0, 4096));
    std::vector<std::string> fields;
    CsvRecords records(head, {hardening_kitty_max_field, hardening_kitty_max_columns});
    if (!records.next(fields)) return false;
    const Columns columns = columns_of(fields);
    return std::ranges::all_of(needed, [&](Column column) { return columns[column] != nowhere; });
}

Decoded<HardeningKittyList> decode_hardening_kitty(std::string_view bytes, const HardeningKittyOptions& options) {
    Decoded<HardeningKittyList> decoded;
    const auto refuse = [&](std::string message, std::string fix) {
        decoded.diagnostics.push_back({"hardening-kitty-syntax", Severity::error, {options.file}, std::move(message), std::move(fix)});
        return std::move(decoded);
    };
    if (bytes.size() > hardening_kitty_max_size) return refuse("the file is larger than 8 MiB", "a finding list has some hundred kilobytes");
    const std::string text = utf8_of(bytes);
    if (const std::size_t bad = utf::find_invalid_utf8(text); bad != std::string::npos) {
        decoded.diagnostics.push_back({"hardening-kitty-syntax", Severity::error, {options.file, static_cast<std::uint32_t>(std::ranges::count(text.substr(0, bad), '\n') + 1), 1},
                                       "this is not UTF-8", "save the list as UTF-8"});
        return decoded;
    }
    FindingListReader reader(text, options);
    const bool read = reader.run();
    decoded.diagnostics = std::move(reader.diagnostics);
    if (read && !has_errors(decoded.diagnostics)) decoded.value = std::move(reader.list);
    return decoded;
}

}  // namespace schancfg::codec
