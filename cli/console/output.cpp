#include "console/output.hpp"

#include "console/arguments.hpp"
#include "console/terminal.hpp"
#include "schancfg/codec/carrier.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"

namespace schancfg::cli {

Paint paint_for(const Options& options) {
    const std::string when = options.value("color").value_or("auto");
    if (when != "auto") return Paint(when == "always");
    // no-color.org: set and not empty switches colours off.
    return Paint(!options.has("output") && !environment("NO_COLOR") && understands_ansi(Stream::output));
}

Outcome<void> write_result(const Options& options, std::string_view bytes) {
    if (const auto path = options.value("output"); path && *path != "-") {
        if (auto written = files::write_file(*path, bytes); !written) return failure(ExitCode::target, written.error());
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
    const auto path = options_.value("output");
    if (!written_ || (path && *path != "-")) return;
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
    const auto path = options.value("output");
    if ((path && *path != "-") || !is_terminal(Stream::output)) return {};
    return usage(std::string(what) + " is not written to a terminal; say where with -o FILE");
}

}  // namespace schancfg::cli
