// The JSON of a scan: its outline first, within limits and without a tree, then one part at a time as a value of nlohmann/json.
//
// So a file of thousands of hosts takes the memory of one.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "scan_report.hpp"

namespace schancfg::codec::scan {

struct JsonPart {
    std::string_view key;  ///< of a member, as it stands between its quotes; of an element of an array empty
    Extent extent;         ///< of the value
};

/// sslyze writes an RSA modulus as one number, of more digits than any type has, which the parser refuses. The text with all but the
/// first digits of such a one made blanks; empty: there is none.
[[nodiscard]] std::string shorten_numbers(std::string_view text);

/// False, with an error, for a text that ends too early, goes on behind its end or goes beyond the limits of scan.hpp.
[[nodiscard]] bool check_json(std::string_view text, ScanErrors& report);

/// What is directly in the object or array at `extent` of a text that was checked; nothing for anything else. False, with an error,
/// where it is not JSON between the parts; what is in them is looked at when they are parsed.
[[nodiscard]] bool json_parts(std::string_view text, Extent extent, std::vector<JsonPart>& parts, ScanErrors& report);
/// The last of the parts with that key; nullptr: there is none.
[[nodiscard]] const JsonPart* find_part(const std::vector<JsonPart>& parts, std::string_view key);

/// The value of a text that was checked. False, with an error, where it is not JSON or goes beyond the limits of one host.
[[nodiscard]] bool parse_part(std::string_view text, Extent extent, nlohmann::json& value, ScanErrors& report);

/// Members of an object that a scanner wrote, each of the type that it writes. What is absent or null is nothing; what has another
/// type is an error, after which all are nothing.
class JsonReader {
public:
    /// `what` names the object in messages: `server_scan_results[2]`.
    JsonReader(std::string what, std::size_t offset, ScanErrors& report) : what_(std::move(what)), offset_(offset), report_(report) {}

    [[nodiscard]] bool ok() const { return ok_; }
    /// nullptr: absent. Arrays are arrays and objects objects, or it is an error.
    [[nodiscard]] const nlohmann::json* object(const nlohmann::json& from, const char* name) { return get(from, name, Type::object); }
    [[nodiscard]] const nlohmann::json* array(const nlohmann::json& from, const char* name) { return get(from, name, Type::array); }
    /// Empty: absent. The view lives as long as `from`.
    [[nodiscard]] std::string_view string(const nlohmann::json& from, const char* name);
    /// 0: absent, or beyond an int.
    [[nodiscard]] int number(const nlohmann::json& from, const char* name);
    /// `absent`: absent.
    [[nodiscard]] bool boolean(const nlohmann::json& from, const char* name, bool absent);
    [[nodiscard]] bool has(const nlohmann::json& from, const char* name) const;
    /// Always false.
    bool error(std::string_view name, std::string_view wanted);

private:
    enum class Type { object, array, string, number, boolean };
    const nlohmann::json* get(const nlohmann::json& from, const char* name, Type type);

    std::string what_;
    std::size_t offset_;
    ScanErrors& report_;
    bool ok_ = true;
};

}  // namespace schancfg::codec::scan
