// Finding lists of HardeningKitty (CSV): the rows about registry values that schancfg reads, as what each asks for.
//
// A row names a key, a value, an operator and what is recommended, and no type: that of the value is taken from the facts. `=` asks for that data,
// `>=` for a number that is not smaller. Where a list gives a default that meets the row, absence meets it, as it does there. The path of a cipher is read with its
// slash. Format and sources: lib/docs/formats/hardening-kitty.md. Opens no files. Use from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/diagnostic.hpp"
#include "schancfg/registry/wanted.hpp"

namespace schancfg::codec {

inline constexpr std::size_t hardening_kitty_max_size = 8u << 20;    ///< bytes of a file
inline constexpr std::size_t hardening_kitty_max_field = 64u << 10;  ///< bytes of a field
inline constexpr std::size_t hardening_kitty_max_columns = 64;
inline constexpr std::size_t hardening_kitty_max_rows = 50000;

struct HardeningKittyOptions {
    std::string file;     ///< name for messages
    bool strict = false;  ///< a row that is left out is an error
};

struct HardeningKittyRow {
    std::string id, category, name;  ///< as the list says them; may be empty
    std::string operation;           ///< `=` or `>=`
    std::string recommended;         ///< as the list says it
    registry::WantedValue wanted;    ///< its origin is the row
};

struct HardeningKittyList {
    std::vector<HardeningKittyRow> rows;  ///< in the order of the file; a value may have several
    std::vector<registry::WantedValue> elsewhere;  ///< of rows about other registry values: key, name and place
    Diagnostics others;                   ///< an error `not-writable` for each row that reads no registry value

    /// What all rows ask for together: of several rows about a value the last one.
    [[nodiscard]] registry::Wanted wanted() const;
};

/// Does its first line name the columns of such a list?
[[nodiscard]] bool is_hardening_kitty(std::string_view bytes);

/// Every error and warning has its line. Never throws on bad input.
[[nodiscard]] Decoded<HardeningKittyList> decode_hardening_kitty(std::string_view bytes, const HardeningKittyOptions& options);

}  // namespace schancfg::codec
