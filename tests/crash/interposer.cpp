// A library for LD_PRELOAD that counts the calls by which a program changes files, and at the nth one kills it, makes the call fail,
// or holds it up. It says what it counted, so that a test can go through all of them.
//
// CRASH_AT=n, from 1. CRASH_HOW=before|after: SIGKILL before or after the call; fail: the call fails with CRASH_ERRNO; full: from that
// call on all fail that take space; CRASH_FAIL_BELOW=FOLDER: no temporary file can be made there, as on a full disk (the first
// CRASH_FAIL_TIMES times, if that is set); pause: the program waits before the call until the file CRASH_RESUME exists. CRASH_LOG=FILE: a line for each call.
// CRASH_DISK=FOLDER: what a power cut needs to know is kept there: `calls`, a line for each call that was carried out with its paths, and the content of each file when it was flushed.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

// By the kernel's own calls, so that nothing here counts itself.
void raw_write(int file, const char* text) { syscall(SYS_write, file, text, std::strlen(text)); }

void log_call(const char* name, const char* about) {
    const char* path = std::getenv("CRASH_LOG");
    if (path == nullptr) return;
    const auto file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0644));
    char line[512];
    std::snprintf(line, sizeof line, "%s %s\n", name, about);
    raw_write(file, line);
    syscall(SYS_close, file);
}

// One line of `calls`, the parts with a tab between. Flushed files go with it, by the number of the line.
void note_for_power_cut(const char* name, const char* first, const char* second = "") {
    const char* folder = std::getenv("CRASH_DISK");
    if (folder == nullptr) return;
    char path[4096], line[8192];
    std::snprintf(path, sizeof path, "%s/calls", folder);
    std::snprintf(line, sizeof line, "%s\t%s\t%s\n", name, first, second);
    const auto file = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND, 0644));
    raw_write(file, line);
    syscall(SYS_close, file);
}

// Flushed: what it holds by now is on the disk.
void note_flushed(int file) {
    const char* folder = std::getenv("CRASH_DISK");
    if (folder == nullptr) return;
    char link[64], path[4096], copy[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const auto size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (size <= 0) return;
    path[size] = 0;
    static int flushed = 0;
    std::snprintf(copy, sizeof copy, "%s/%d", folder, ++flushed);
    struct stat about {};
    const bool is_file = syscall(SYS_fstat, file, &about) == 0 && S_ISREG(about.st_mode);
    if (is_file) {
        const auto from = static_cast<int>(syscall(SYS_openat, AT_FDCWD, link, O_RDONLY));
        const auto to = static_cast<int>(syscall(SYS_openat, AT_FDCWD, copy, O_WRONLY | O_CREAT | O_TRUNC, 0644));
        static char buffer[65536];
        for (long got = 0; (got = syscall(SYS_read, from, buffer, sizeof buffer)) > 0;) syscall(SYS_write, to, buffer, got);
        syscall(SYS_close, from);
        syscall(SYS_close, to);
    }
    char number[16];
    std::snprintf(number, sizeof number, "%d", flushed);
    note_for_power_cut(is_file ? "flush-file" : "flush-folder", path, number);
}

int number(const char* variable) {
    const char* text = std::getenv(variable);
    return text ? std::atoi(text) : 0;
}

bool how_is(const char* what) {
    const char* how = std::getenv("CRASH_HOW");
    return how != nullptr && std::strcmp(how, what) == 0;
}

int count = 0;

// One call that changes files. `execute` gives what the call gives; a failure is -1 and errno.
template <class Call>
auto step(const char* name, const char* about, Call execute) -> decltype(execute()) {
    ++count;
    log_call(name, about);
    if (how_is("full") && count >= number("CRASH_AT") && std::strcmp(name, "unlink") != 0) {
        errno = number("CRASH_ERRNO");
        return -1;
    }
    if (count != number("CRASH_AT")) return execute();
    if (how_is("before")) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    if (how_is("fail")) {
        errno = number("CRASH_ERRNO");
        return -1;
    }
    while (how_is("pause") && syscall(SYS_access, std::getenv("CRASH_RESUME"), F_OK) != 0) usleep(2000);
    const auto result = execute();
    if (how_is("after")) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    return result;
}

bool is_full(const char* path) {
    const char* folder = std::getenv("CRASH_FAIL_BELOW");
    const std::size_t size = std::strlen(path);
    if (folder == nullptr || std::strncmp(path, folder, std::strlen(folder)) != 0 || size < 4 || std::strcmp(path + size - 4, ".tmp") != 0) return false;
    static int times = 0;
    return std::getenv("CRASH_FAIL_TIMES") == nullptr || ++times <= number("CRASH_FAIL_TIMES");
}

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// What is written to a terminal, a pipe or the harness's files is no change of the program's own files.
bool is_own(int file) { return file > STDERR_FILENO; }

bool changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
    const auto call = [&] { return next<decltype(write)>("write")(file, bytes, size); };
    return is_own(file) ? step("write", "", call) : call();
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
    return step("pwrite", "", [&] { return next<decltype(pwrite)>("pwrite")(file, bytes, size, at); });
}

int fsync(int file) {
    return step("fsync", "", [&] {
        const int result = next<decltype(fsync)>("fsync")(file);
        if (result == 0) note_flushed(file);
        return result;
    });
}

int ftruncate(int file, off_t size) {
    return step("ftruncate", "", [&] { return next<decltype(ftruncate)>("ftruncate")(file, size); });
}

int fchmod(int file, mode_t mode) {
    return step("fchmod", "", [&] { return next<decltype(fchmod)>("fchmod")(file, mode); });
}

int rename(const char* from, const char* to) {
    return step("rename", to, [&] {
        const int result = next<decltype(rename)>("rename")(from, to);
        if (result == 0) note_for_power_cut("rename", from, to);
        return result;
    });
}

int link(const char* from, const char* to) {
    return step("link", to, [&] {
        const int result = next<decltype(link)>("link")(from, to);
        if (result == 0) note_for_power_cut("link", from, to);
        return result;
    });
}

int unlink(const char* path) {
    return step("unlink", path, [&] {
        const int result = next<decltype(unlink)>("unlink")(path);
        if (result == 0) note_for_power_cut("unlink", path);
        return result;
    });
}

int mkdir(const char* path, mode_t mode) {
    return step("mkdir", path, [&] { return next<decltype(mkdir)>("mkdir")(path, mode); });
}

int open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (changes(flags) && is_full(path)) {
        errno = ENOSPC;
        return -1;
    }
    const auto call = [&] {
        const int file = next<int(const char*, int, ...)>("open")(path, flags, mode);
        if (file >= 0 && changes(flags)) note_for_power_cut("make", path);
        return file;
    };
    return changes(flags) ? step("open", path, call) : call();
}

int open64(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (changes(flags) && is_full(path)) {
        errno = ENOSPC;
        return -1;
    }
    const auto call = [&] {
        const int file = next<int(const char*, int, ...)>("open64")(path, flags, mode);
        if (file >= 0 && changes(flags)) note_for_power_cut("make", path);
        return file;
    };
    return changes(flags) ? step("open", path, call) : call();
}

}  // extern "C"
