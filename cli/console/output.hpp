// Output: where a result goes, standard output or `-o FILE`, whole, in binary mode. Text for people may be coloured.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "failure.hpp"
#include "options.hpp"

namespace schancfg::codec {
struct CarrierFile;
}
namespace schancfg::cli {

/// Words of a result that colour can tell apart.
class Paint {
public:
    constexpr explicit Paint(bool on) : on_(on) {}
    [[nodiscard]] std::string added(std::string_view text) const { return wrap("\x1b[32m", text); }
    [[nodiscard]] std::string removed(std::string_view text) const { return wrap("\x1b[31m", text); }
    [[nodiscard]] std::string changed(std::string_view text) const { return wrap("\x1b[33m", text); }
    [[nodiscard]] std::string strong(std::string_view text) const { return wrap("\x1b[1m", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return wrap("\x1b[2m", text); }

private:
    [[nodiscard]] std::string wrap(std::string_view start, std::string_view text) const {
        return on_ && !text.empty() ? std::string(start).append(text).append("\x1b[0m") : std::string(text);
    }
    bool on_ = false;
};

/// What text for people is set on.
struct Sheet {
    Paint paint{false};
    std::size_t columns = 80;  ///< that a line may take, from 60 to 120; 80 wherever no terminal says otherwise, so that files and pipes get the same everywhere
};

/// Of the result: colours as `--color`, `NO_COLOR`, `TERM` and the stream say; columns as `COLUMNS` or the terminal says, where it goes to one.
[[nodiscard]] Sheet sheet_for(const Options& options);
/// Of what is said on standard error, without colours.
[[nodiscard]] Sheet error_sheet();

/// Writes the result where the options say. 3 when it can't be written; the message says where to.
[[nodiscard]] Outcome<void> write_result(const Options& options, std::string_view bytes);
/// A result that is written as it is made: to standard output in pieces, each second at least, into a file whole at its end.
class ResultWriter {
public:
    explicit ResultWriter(const Options& options) : options_(options) {}
    void add(std::string_view bytes);
    /// False: what was added can't be written, which `finish` will say, and more of it can't either.
    [[nodiscard]] bool is_wanted() const { return written_.has_value(); }
    /// The rest of it, and whether all could be written; errors as those of write_result.
    [[nodiscard]] Outcome<void> finish();

private:
    const Options& options_;
    std::string bytes_;
    Outcome<void> written_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Writes files into the folder that -o names, which is made if it is missing; what else lies in it is left alone. Paths are relative, with `/`. 2 where one of them
/// would replace an operand of the command line, 3 when one can't be written.
[[nodiscard]] Outcome<void> write_folder(const Options& options, std::span<const codec::CarrierFile> files);
/// 2 when the result is binary and would reach a terminal.
[[nodiscard]] Outcome<void> refuse_terminal(const Options& options, std::string_view what);

}  // namespace schancfg::cli
