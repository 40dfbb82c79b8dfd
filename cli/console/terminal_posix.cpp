#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "console/arguments.hpp"
#include "console/terminal.hpp"

namespace schancfg::cli {
namespace {

int descriptor(Stream stream) {
    switch (stream) {
        case Stream::input: return STDIN_FILENO;
        case Stream::output: return STDOUT_FILENO;
        case Stream::error: break;
    }
    return STDERR_FILENO;
}

constexpr int shielded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

sigset_t shielded_set() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : shielded) sigaddset(&set, signal);
    return set;
}

}  // namespace

void prepare_streams() {
    // A stream that the caller closed would give its number to the next file that is opened, and messages would land there.
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(number, F_GETFD) == -1 && errno == EBADF) (void)open("/dev/full", number == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    }
    // A closed pipe and a limit of the file size are errors of the write that meets them.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

bool is_terminal(Stream stream) { return isatty(descriptor(stream)) == 1; }

bool understands_ansi(Stream stream) { return is_terminal(stream) && environment("TERM").value_or("dumb") != "dumb"; }

std::optional<std::size_t> terminal_columns(Stream stream) {
    winsize size{};
    // A serial line does not know, and says 0.
    if (ioctl(descriptor(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
    return size.ws_col;
}

Result<void> write_stream(Stream stream, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(descriptor(stream), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail(ErrorCode::io, std::strerror(errno), std::nullopt, static_cast<std::uint32_t>(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

bool is_closed_pipe(const Error& error) { return error.os_code == EPIPE; }

Result<std::string> read_input(std::size_t max_size) {
    std::string out;
    std::string chunk(1u << 16, '\0');
    while (true) {
        const ssize_t got = read(STDIN_FILENO, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(ErrorCode::io, std::strerror(errno), std::nullopt, static_cast<std::uint32_t>(errno));
        if (got == 0) return out;
        out.append(chunk, 0, static_cast<std::size_t>(got));
        if (out.size() > max_size) return fail(ErrorCode::malformed, "more than " + std::to_string(max_size >> 20) + " MiB");
    }
}

std::optional<std::string> read_line() {
    std::string out;
    char c = 0;
    while (true) {
        const ssize_t got = read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return out.empty() ? std::nullopt : std::optional(out);
        if (c == '\n') return out;
        out += c;
    }
}

InterruptShield::InterruptShield() {
    const sigset_t set = shielded_set();
    sigprocmask(SIG_BLOCK, &set, nullptr);
}

InterruptShield::~InterruptShield() {
    const sigset_t set = shielded_set();
    sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

namespace {

volatile std::sig_atomic_t stop_is_asked = 0;

extern "C" void ask_to_stop(int) { stop_is_asked = 1; }

}  // namespace

StopRequest::StopRequest() {
    stop_is_asked = 0;
    struct sigaction action {};
    action.sa_handler = ask_to_stop;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

StopRequest::~StopRequest() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool StopRequest::asked() const { return stop_is_asked != 0; }

}  // namespace schancfg::cli
