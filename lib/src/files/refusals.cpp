#include "refusals.hpp"

#include <string>

namespace schancfg::files {

std::unexpected<Error> too_large(std::string_view path, std::size_t max_size) {
    const std::string size = max_size >= 1u << 20 ? std::to_string(max_size >> 20) + " MiB" : std::to_string(max_size >> 10) + " KiB";
    return fail(ErrorCode::malformed, std::string(path) + " is larger than " + size);
}

std::unexpected<Error> not_regular(std::string_view path) { return fail(ErrorCode::malformed, std::string(path) + " is not a regular file"); }

std::unexpected<Error> changed_meanwhile(std::string_view path) {
    return fail(ErrorCode::conflict, std::string(path) + " was changed by another program since it was read");
}

std::unexpected<Error> made_meanwhile(std::string_view path) {
    return fail(ErrorCode::conflict, std::string(path) + " was made by another program in the meantime");
}

std::unexpected<Error> has_nul() { return fail(ErrorCode::malformed, "a file name holds a NUL"); }

std::unexpected<Error> not_ours(std::string_view path) {
    return fail(ErrorCode::conflict, std::string(path) + " is not a lock of schancfg, so it is left alone");
}

std::unexpected<Error> locked_by(std::string_view path, std::uint64_t process) {
    const std::string who = process == 0 ? "another process that" : "process " + std::to_string(process) + ", which";
    return fail(ErrorCode::conflict, std::string(path) + " is locked by " + who + " is writing it");
}

}  // namespace schancfg::files
