#include "session/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "console/arguments.hpp"

namespace schancfg::cli {
namespace {

std::unexpected<Error> failed(const std::string& program, int number) {
    return fail(ErrorCode::io, program + " cannot be started: " + std::strerror(number), std::nullopt, static_cast<std::uint32_t>(number));
}

/// One end of a pipe.
class End {
public:
    explicit End(int number) : number_(number) {}
    End(const End&) = delete;
    End& operator=(const End&) = delete;
    ~End() { shut(); }
    void shut() {
        if (number_ >= 0) close(number_);
        number_ = -1;
    }
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

[[noreturn]] void become(const std::string& program, char* const* words, int report) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    // It holds no folder that somebody wants to unmount, and no terminal.
    if (chdir("/") != 0) _exit(1);
    const int null = open("/dev/null", O_RDWR);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, stream);
    execv(program.c_str(), words);
    const int number = errno;
    (void)!write(report, &number, sizeof number);
    _exit(1);
}

}  // namespace

std::string own_program() {
    std::string path(4096, '\0');
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) return "schancfg";
    path.resize(static_cast<std::size_t>(size));
    return path;
}

// Who became root by sudo is still the one who asks. (The user database may need libraries that a static program has not.)
std::string own_user() {
    if (geteuid() == 0) {
        if (auto name = environment("SUDO_USER")) return *name;
    }
    if (auto name = environment("USER")) return *name;
    return "uid " + std::to_string(geteuid());
}

// The child of the child belongs to no session that could end, and is nobody's to wait for. The pipe closes when its program runs.
Result<void> start_detached(const std::string& program, const std::vector<std::string>& words) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return failed(program, errno);
    const End in(ends[0]);
    End out(ends[1]);
    std::vector<char*> pointers{const_cast<char*>(program.c_str())};
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0) return failed(program, errno);
    if (child == 0) {
        if (setsid() < 0 || fork() != 0) _exit(0);
        become(program, pointers.data(), out.get());
    }
    out.shut();
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    int number = 0;
    ssize_t got = 0;
    while ((got = read(in.get(), &number, sizeof number)) < 0 && errno == EINTR) {
    }
    if (got == static_cast<ssize_t>(sizeof number)) return failed(program, number);
    return {};
}

}  // namespace schancfg::cli
