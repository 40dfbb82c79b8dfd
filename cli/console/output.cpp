#include "console/output.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "console/arguments.hpp"
#include "console/terminal.hpp"
#include "schancfg/codec/carrier.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"

namespace schancfg::cli {

namespace {

// Narrower tables fall apart; in wider lines of prose the eye loses the next one.
constexpr std::size_t narrowest = 60, widest = 120;

/// The number that the variable COLUMNS holds; nothing where it is not one.
std::optional<std::size_t> columns_variable() {
    const std::string text = environment("COLUMNS").value_or("");
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
    return number;
}

std::size_t columns_for(Stream stream) {
    constexpr std::size_t usual = Sheet{}.columns;
    if (!is_terminal(stream)) return usual;
    auto columns = columns_variable();
    if (!columns) columns = terminal_columns(stream);
    return columns ? std::clamp(*columns, narrowest, widest) : usual;
}

bool goes_to_file(const Options& options) {
    const auto path = options.value("output");
    return path && *path != "-";
}

Paint paint_for(const Options& options) {
    const std::string when = options.value("color").value_or("auto");
    if (when != "auto") return Paint(when == "always");
    // no-color.org: set and not empty switches colours off.
    return Paint(!goes_to_file(options) && !environment("NO_COLOR") && understands_ansi(Stream::output));
}

}  // namespace

Sheet sheet_for(const Options& options) {
    return {paint_for(options), goes_to_file(options) ? Sheet{}.columns : columns_for(Stream::output)};
}

Sheet error_sheet() { return {Paint(false), columns_for(Stream::error)}; }

Outcome<void> write_result(const Options& options, std::string_view bytes) {
    if (goes_to_file(options)) {
        if (auto written = files::write_file(*options.value("output"), bytes); !written) return failure(ExitCode::target, written.error());
        return {};
    }
    if (auto written = write_stream(Stream::output, bytes); !written) {
        if (is_closed_pipe(written.error())) return std::unexpected(Failure{ExitCode::reader_gone, {}});
        return failure(ExitCode::target, "standard output cannot be written: " + written.error().message);
    }
    return {};
}

void ResultWriter::add(std::string_view bytes) {
    constexpr std::size_t piece = 1u << 16;
    bytes_.append(bytes);
    if (!written_ || goes_to_file(options_)) return;
    // What is made slowly is not kept back.
    const auto now = std::chrono::steady_clock::now();
    if (bytes_.size() < piece && now - last_ < std::chrono::seconds(1)) return;
    written_ = write_result(options_, bytes_);
    bytes_.clear();
    last_ = now;
}

Outcome<void> ResultWriter::finish() { return written_ ? write_result(options_, bytes_) : std::move(written_); }

Outcome<void> write_folder(const Options& options, std::span<const codec::CarrierFile> files) {
    const std::string folder = options.value("output").value_or(".");
    std::vector<std::string> paths;
    for (const codec::CarrierFile& file : files) {
        paths.push_back(files::join(folder, file.path));
        for (const std::string& input : options.operands()) {
            if (files::is_same_file(paths.back(), input)) return usage("--output " + folder + " would replace the input " + input + "; name another folder");
        }
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string parent = paths[i].substr(0, paths[i].find_last_of("/\\"));
        if (auto made = files::make_folder(parent); !made) return failure(ExitCode::target, made.error());
        if (auto written = files::write_file(paths[i], files[i].bytes); !written) return failure(ExitCode::target, written.error());
    }
    return {};
}

Outcome<void> refuse_terminal(const Options& options, std::string_view what) {
    if (goes_to_file(options) || !is_terminal(Stream::output)) return {};
    return usage(std::string(what) + " is not written to a terminal; say where with -o FILE");
}

}  // namespace schancfg::cli
