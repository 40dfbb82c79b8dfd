#include "inputs/logs.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "console/progress.hpp"
#include "console/terminal.hpp"
#include "schancfg/codec/gzip.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/mapped.hpp"
#include "schancfg/files/system_path.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

constexpr std::size_t largest_log = std::size_t{1} << 38;
constexpr std::size_t most_logs = 1000000;
constexpr std::size_t at_once = 8u << 20;  // bytes between two looks at whether to stop
constexpr std::size_t first_part = 1u << 16, large_part = 16u << 20;

bool is_log_name(std::string_view path) {
    for (const std::string_view end : {".log", ".gz"}) {
        if (path.size() > end.size() && utf::ends_with_no_case(path, end)) return true;
    }
    return false;
}

/// False: it cannot be listed.
std::error_code for_each_log(const std::string& folder, const std::function<bool(std::string)>& take) {
    std::error_code error;
    std::filesystem::recursive_directory_iterator at(files::path_of(folder), std::filesystem::directory_options::skip_permission_denied, error), end;
    for (; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        if (!at->is_regular_file(ignored)) continue;
        std::string path = files::utf8_of(at->path());
        if (is_log_name(path) && !take(std::move(path))) break;
    }
    return error;
}

Outcome<std::vector<std::string>> files_of(const std::vector<std::string>& words) {
    std::vector<std::string> out;
    for (const std::string& word : words) {
        if (!files::is_folder(word)) {
            if (!files::exists(word)) return usage('"' + word + "\" is neither a log nor a folder");
            out.push_back(word);
            continue;
        }
        const std::size_t before = out.size();
        const auto error = for_each_log(word, [&](std::string path) {
            out.push_back(std::move(path));
            return out.size() < most_logs;
        });
        if (error) return failure(ExitCode::target, word + " cannot be listed: " + error.message());
        if (out.size() == before) return usage(word + " holds no .log or .gz file, nor any folder in it");
    }
    if (out.size() >= most_logs) return usage("more than 1,000,000 logs");
    std::ranges::sort(out);
    const auto repeated = std::ranges::unique(out);
    out.erase(repeated.begin(), repeated.end());
    return out;
}

/// What one log gave. Neither: it was interrupted.
struct OneLog {
    std::optional<codec::IisLogReader> reader;
    std::optional<Error> error;
};

/// The end of the line that holds the byte at `at`.
std::size_t behind_line(std::string_view bytes, std::size_t at) {
    if (at >= bytes.size()) return bytes.size();
    const std::size_t end = bytes.find('\n', at);
    return end == std::string_view::npos ? bytes.size() : end + 1;
}

void read_bytes(codec::IisLogReader& reader, std::string_view bytes, const StopRequest& stop) {
    for (; !bytes.empty() && !stop.asked(); bytes.remove_prefix(std::min(at_once, bytes.size()))) reader.add(bytes.substr(0, at_once));
    reader.finish();
}

/// A large file in parts, by all processors. Its fields are named at its start, and again where IIS was started anew: a part that began with others is
/// read once more.
codec::IisLogReader read_parts(const std::string& file, std::string_view bytes, const StopRequest& stop) {
    codec::IisLogReader out(file);
    const std::size_t head = behind_line(bytes, first_part);
    read_bytes(out, bytes.substr(0, head), stop);
    std::vector<std::string_view> parts;
    const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    // Several for each processor, so that none waits long; few, since each has to learn all clients.
    const std::size_t size = std::max(large_part, bytes.size() / (2 * threads) + 1);
    for (std::size_t at = head; at < bytes.size();) {
        const std::size_t end = behind_line(bytes, at + size);
        parts.push_back(bytes.substr(at, end - at));
        at = end;
    }
    std::vector<codec::IisLogReader> readers(parts.size(), out.part());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t at = next++; at < parts.size() && !stop.asked(); at = next++) read_bytes(readers[at], parts[at], stop);
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(threads, parts.size()); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    for (std::size_t at = 0; at < parts.size() && !stop.asked(); ++at) {
        if (!out.is_before(readers[at])) {
            readers[at] = out.part();
            read_bytes(readers[at], parts[at], stop);
        }
        out.append(std::move(readers[at]));
    }
    return out;
}

OneLog read_one(const std::string& file, const StopRequest& stop) {
    auto opened = files::MappedFile::open(file, largest_log);
    if (!opened) return {{}, std::move(opened.error())};
    codec::IisLogReader reader(file);
    std::string_view bytes = opened->bytes();
    if (codec::looks_like_gzip(bytes)) {
        auto unpacked = codec::unpack_gzip(bytes, [&](std::string_view part) {
            reader.add(part);
            return !stop.asked();
        });
        if (!unpacked) {
            unpacked.error().message = file + ": " + unpacked.error().message;
            return {{}, std::move(unpacked.error())};
        }
        reader.finish();
    } else if (bytes.size() < 2 * large_part) {
        read_bytes(reader, bytes, stop);
    } else {
        reader = read_parts(file, bytes, stop);
    }
    if (stop.asked()) return {};
    if (auto whole = opened->check(file); !whole) return {{}, std::move(whole.error())};
    return {std::move(reader), {}};
}

}  // namespace

bool names_logs(const std::string& word) {
    if (!files::is_folder(word)) return is_log_name(word) && files::exists(word);
    bool any = false;
    (void)for_each_log(word, [&](const std::string&) { return !(any = true); });
    return any;
}

Outcome<UsageView> read_usage(const Context& context, const std::vector<std::string>& words) {
    auto files = files_of(words);
    if (!files) return std::unexpected(std::move(files.error()));
    UsageView out{audit::Usage(context.options.has("anonymize")), files->size(), 0, 0, 0};
    std::vector<Diagnostics> said(files->size());
    std::mutex mutex;
    std::optional<Error> refused;
    std::size_t refused_at = files->size();
    std::atomic<std::size_t> next = 0, done = 0;
    const StopRequest stop;
    {
        const Progress progress(context.log, [&] { return "reading logs: " + std::to_string(done) + " of " + std::to_string(files->size()); });
        const auto work = [&] {
            for (std::size_t at = next++; at < files->size() && !stop.asked(); at = next++) {
                OneLog one = read_one((*files)[at], stop);
                const std::lock_guard lock(mutex);
                if (one.error && at < refused_at) {
                    refused = std::move(one.error);
                    refused_at = at;
                }
                if (!one.reader) continue;
                said[at] = one.reader->diagnostics();
                out.requests += one.reader->requests();
                out.plain += one.reader->plain();
                for (const codec::LoggedUse& use : one.reader->uses()) out.usage.add(use);
                ++done;
            }
        };
        const std::size_t threads = std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), files->size());
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work);
        work();
        for (std::thread& other : others) other.join();
    }
    if (refused) return failure(refused->code == ErrorCode::malformed ? ExitCode::usage : ExitCode::target, *refused);
    out.files_read = done;
    Failure wrong{ExitCode::usage, {}};
    for (Diagnostics& each : said) {
        for (Diagnostic& diagnostic : each) {
            if (diagnostic.severity == Severity::error) wrong.lines.push_back(std::move(diagnostic));
            else context.log.report(diagnostic);
        }
    }
    if (!wrong.lines.empty()) return std::unexpected(std::move(wrong));
    out.usage.finish();
    return out;
}

}  // namespace schancfg::cli
