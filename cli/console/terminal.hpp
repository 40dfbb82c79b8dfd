// The terminal and the standard streams: what they are, and reading from and writing to them without surprises.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schancfg/result.hpp"

namespace schancfg::cli {

enum class Stream { input, output, error };

/// Puts the streams into binary mode, makes a closed pipe an error and no signal, and lets a Windows console take colours.
void prepare_streams();
[[nodiscard]] bool is_terminal(Stream stream);
/// A terminal that understands ANSI sequences.
[[nodiscard]] bool understands_ansi(Stream stream);
/// Characters that a line of its window has room for; nothing where the terminal does not say, or there is none.
[[nodiscard]] std::optional<std::size_t> terminal_columns(Stream stream);
/// Everything or an error.
[[nodiscard]] Result<void> write_stream(Stream stream, std::string_view bytes);
/// Is that what `write_stream` says when the reader has closed its end?
[[nodiscard]] bool is_closed_pipe(const Error& error);
/// Standard input to its end; malformed when it is larger than `max_size`.
[[nodiscard]] Result<std::string> read_input(std::size_t max_size);
/// One line from the terminal without its end; nullopt at the end of input.
[[nodiscard]] std::optional<std::string> read_line();

/// While it lives, Ctrl-C and a closed terminal do not end the program: a change that has begun is finished or rolled back. On Windows the closing of the
/// window, a logoff and a shutdown wait for that, for the five seconds that the system gives.
class InterruptShield {
public:
    InterruptShield();
    ~InterruptShield();
    InterruptShield(const InterruptShield&) = delete;
    InterruptShield& operator=(const InterruptShield&) = delete;
};

/// While it lives, Ctrl-C asks for an end and does not bring it about: what reads much gives what it has. One at a time.
class StopRequest {
public:
    StopRequest();
    ~StopRequest();
    StopRequest(const StopRequest&) = delete;
    StopRequest& operator=(const StopRequest&) = delete;
    /// Was it asked for? From any thread.
    [[nodiscard]] bool asked() const;
};

}  // namespace schancfg::cli
