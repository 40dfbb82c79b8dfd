#include "inputs/logs.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
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
constexpr std::size_t piece_size = 256u << 10;  // of a large file, at once in memory
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

struct LogFiles {
    std::vector<std::string> files;  // sorted, each once
    std::vector<std::string> named;  // those of them that were named themselves, sorted
};

Outcome<LogFiles> files_of(const std::vector<std::string>& words) {
    LogFiles both;
    std::vector<std::string>& out = both.files;
    for (const std::string& word : words) {
        if (!files::is_folder(word)) {
            if (!files::exists(word)) return usage('"' + word + "\" is neither a log nor a folder");
            out.push_back(word);
            both.named.push_back(word);
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
    std::ranges::sort(both.named);
    return both;
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

/// While logs are read: whether to go on, and what is done.
struct Going {
    const StopRequest& stop;
    std::atomic<std::uint64_t>& done;
};

void read_bytes(codec::IisLogReader& reader, std::string_view bytes, const Going& going) {
    while (!bytes.empty() && !going.stop.asked()) {
        const std::string_view piece = bytes.substr(0, at_once);
        reader.add(piece);
        going.done += piece.size();
        bytes.remove_prefix(piece.size());
    }
    reader.finish();
}

/// A part of a large file, piece by piece through one buffer, which stays in the processor's cache. False: the file no longer has it.
bool read_part(codec::IisLogReader& reader, const files::MappedFile& file, std::size_t at, std::size_t end, const Going& going) {
    std::vector<char> buffer(std::min(piece_size, end - at));
    while (at < end && !going.stop.asked()) {
        const std::size_t size = std::min(buffer.size(), end - at);
        if (!file.copy(at, {buffer.data(), size})) return false;
        reader.add({buffer.data(), size});
        going.done += size;
        at += size;
    }
    reader.finish();
    return true;
}

/// A large file in parts, by all processors. Its fields are named at its start, and again where IIS was started anew: a part that began with others is
/// read once more. nullopt: it has become shorter.
std::optional<codec::IisLogReader> read_parts(const std::string& name, const files::MappedFile& file, const Going& going) {
    const std::string_view bytes = file.bytes();
    codec::IisLogReader out(name);
    const std::size_t head = behind_line(bytes, first_part);
    read_bytes(out, bytes.substr(0, head), going);
    struct Part {
        std::size_t begin, end;
        codec::IisLogReader reader;
    };
    std::vector<Part> parts;
    const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
    // Several for each processor, so that none waits long; few, since each has to learn all clients.
    const std::size_t size = std::max(large_part, bytes.size() / (2 * threads) + 1);
    for (std::size_t at = head; at < bytes.size(); at = parts.back().end) parts.push_back({at, behind_line(bytes, at + size), out.part()});
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> is_whole = true;
    const auto work = [&] {
        for (std::size_t at = next++; at < parts.size() && !going.stop.asked() && is_whole; at = next++) {
            if (!read_part(parts[at].reader, file, parts[at].begin, parts[at].end, going)) is_whole = false;
        }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(threads, parts.size()); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    for (std::size_t at = 0; at < parts.size() && !going.stop.asked() && is_whole; ++at) {
        if (!out.is_before(parts[at].reader)) {
            parts[at].reader = out.part();
            is_whole = read_part(parts[at].reader, file, parts[at].begin, parts[at].end, going);
        }
        out.append(std::move(parts[at].reader));
    }
    if (!is_whole) return std::nullopt;
    return out;
}

OneLog read_one(const std::string& file, const Going& going) {
    auto opened = files::MappedFile::open(file, largest_log);
    if (!opened) return {{}, std::move(opened.error())};
    codec::IisLogReader reader(file);
    const std::string_view bytes = opened->bytes();
    if (codec::looks_like_gzip(bytes)) {
        auto unpacked = codec::unpack_gzip(bytes, [&](std::string_view part) {
            reader.add(part);
            return !going.stop.asked();
        });
        if (!unpacked) {
            unpacked.error().message = file + ": " + unpacked.error().message;
            return {{}, std::move(unpacked.error())};
        }
        reader.finish();
        going.done += bytes.size();
    } else if (bytes.size() < 2 * large_part) {
        read_bytes(reader, bytes, going);
    } else {
        auto whole = read_parts(file, *opened, going);
        if (!whole) return {{}, Error{.code = ErrorCode::conflict, .message = file + " was changed while it was read: it has become shorter"}};
        reader = std::move(*whole);
    }
    if (going.stop.asked()) return {};
    if (auto whole = opened->check(file); !whole) return {{}, std::move(whole.error())};
    return {std::move(reader), {}};
}

std::string gigabytes(std::uint64_t bytes) {
    const std::uint64_t tenths = bytes / 100'000'000;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " GB";
}

/// `3 of 12 logs, 4.1 of 15.0 GB, 6 s left`.
std::string how_far(std::size_t logs, std::size_t all_logs, std::uint64_t bytes, std::uint64_t all_bytes, std::chrono::steady_clock::duration passed) {
    std::string text = std::to_string(logs) + " of " + std::to_string(all_logs) + " logs, " + gigabytes(bytes) + " of " + gigabytes(all_bytes);
    const double seconds = std::chrono::duration<double>(passed).count();
    if (bytes == 0 || bytes > all_bytes || seconds <= 0) return text;
    const double rate = static_cast<double>(bytes) / seconds;
    return text + ", " + std::to_string(static_cast<std::uint64_t>(static_cast<double>(all_bytes - bytes) / rate) + 1) + " s left";
}

std::uint64_t size_of(const std::vector<std::string>& files) {
    std::uint64_t out = 0;
    for (const std::string& file : files) {
        std::error_code error;
        const auto size = std::filesystem::file_size(files::path_of(file), error);
        if (!error) out += size;
    }
    return out;
}

}  // namespace

bool names_logs(const std::string& word) {
    if (!files::is_folder(word)) return is_log_name(word) && files::exists(word);
    bool any = false;
    (void)for_each_log(word, [&](const std::string&) { return !(any = true); });
    return any;
}

Outcome<UsageView> read_usage(const Context& context, const std::vector<std::string>& words) {
    auto found = files_of(words);
    if (!found) return std::unexpected(std::move(found.error()));
    const std::vector<std::string>* const files = &found->files;
    UsageView out{audit::Usage(context.options.has("anonymize")), files->size(), 0, 0, 0};
    std::vector<Diagnostics> said(files->size());
    std::mutex mutex;
    std::optional<Error> refused;
    std::size_t refused_at = files->size();
    std::atomic<std::size_t> next = 0, done = 0;
    std::atomic<std::uint64_t> done_bytes = 0;
    const StopRequest stop;
    {
        const auto began = std::chrono::steady_clock::now();
        const std::uint64_t bytes = size_of(*files);
        const Progress progress(context.log, [&] { return how_far(done, files->size(), done_bytes, bytes, std::chrono::steady_clock::now() - began); });
        const auto work = [&] {
            for (std::size_t at = next++; at < files->size() && !stop.asked(); at = next++) {
                OneLog one = read_one((*files)[at], {stop, done_bytes});
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
    // A folder holds logs from before the fields were added, and of other programs: left out, as long as there is one of the others.
    Diagnostics left_out;
    for (std::size_t at = 0; at < said.size(); ++at) {
        const bool is_named = std::ranges::binary_search(found->named, (*files)[at]);
        for (Diagnostic& diagnostic : said[at]) {
            if (diagnostic.severity != Severity::error) context.log.report(diagnostic);
            else if (!is_named && (diagnostic.rule == "iis-log-no-tls" || diagnostic.rule == "iis-log-format")) left_out.push_back(std::move(diagnostic));
            else wrong.lines.push_back(std::move(diagnostic));
        }
    }
    if (!left_out.empty() && left_out.size() == out.files_read) wrong.lines.insert(wrong.lines.begin(), left_out.front());
    if (!wrong.lines.empty()) return std::unexpected(std::move(wrong));
    if (!left_out.empty()) {
        Diagnostic& first = left_out.front();
        first.severity = Severity::warning;
        if (left_out.size() > 1) first.message += "; this log and " + std::to_string(left_out.size() - 1) + " more are left out";
        else first.message += "; this log is left out";
        context.log.report(first);
    }
    out.usage.finish();
    return out;
}

}  // namespace schancfg::cli
