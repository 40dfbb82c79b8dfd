// Every call on a registry fails in turn, with every kind of error that a registry gives: what the exit code says is what happened.
#include <cstdlib>
#include <filesystem>

#include "session/execution.hpp"
#include "catch.hpp"
#include "inputs/records.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/plan/plan.hpp"
#include "schancfg/registry/patch.hpp"

using namespace schancfg;
using namespace schancfg::cli;
using Fails = backend::Failure;
using plan::Action;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

const KeyPath schannel(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

struct Fault {
    const char* name;
    Error error;
};

// Windows error codes: win32 Debug/system-error-codes.
const std::vector<Fault> faults{
    {"access denied", {.code = ErrorCode::access_denied, .message = "access was denied", .where = {}, .os_code = 5}},
    {"no memory", {.code = ErrorCode::io, .message = "not enough memory", .where = {}, .os_code = 8}},
    {"key deleted", {.code = ErrorCode::not_found, .message = "the key does not exist", .where = {}, .os_code = 1018}},
    {"marked for deletion", {.code = ErrorCode::conflict, .message = "another process removed the key meanwhile", .where = {}, .os_code = 1018}},
    {"disk full", {.code = ErrorCode::io, .message = "the disk is full", .where = {}, .os_code = 112}},
    {"no space in the log", {.code = ErrorCode::io, .message = "the registry has no space left in its log", .where = {}, .os_code = 1019}},
    {"no resources", {.code = ErrorCode::io, .message = "the system is out of resources", .where = {}, .os_code = 1450}},
    {"remote machine gone", {.code = ErrorCode::io, .message = "the machine stopped answering", .where = {}, .os_code = 1726}},
    {"value grown between size and read", {.code = ErrorCode::conflict, .message = "it keeps growing while it is read", .where = {}, .os_code = 234}},
    {"a link came in between", {.code = ErrorCode::unsupported, .message = "the key is a symbolic link", .where = {}, .os_code = 0}},
};

registry::Tree before() {
    registry::Tree tree;
    tree.set_value(schannel, "EventLogging", Value::dword(1));
    tree.set_value(schannel, "SendTrustedIssuerList", Value::dword(1));
    return tree;
}

plan::Plan some_plan() {
    const KeyPath ciphers = schannel.child("Ciphers");
    const KeyPath rc4 = ciphers.child("RC4 128/128");
    return {{{ciphers, std::nullopt, Action::add, {}, {}, {}},
             {rc4, std::nullopt, Action::add, {}, {}, {}},
             {rc4, "Enabled", Action::add, {}, Value::dword(0), {}},
             {schannel, "EventLogging", Action::change, Value::dword(1), Value::dword(7), {}},
             {schannel, "SendTrustedIssuerList", Action::remove, Value::dword(1), {}, {}}}};
}

registry::Tree after() {
    registry::Tree tree = before();
    registry::replay(plan::to_patch(some_plan()), tree);
    return tree;
}

/// Counts calls, so that any of them can be chosen, and owns what FailingTarget only refers to.
class Watched : public backend::FailingTarget {
public:
    explicit Watched(std::unique_ptr<backend::MemoryRegistry> inner) : FailingTarget(*inner), inner_(std::move(inner)) {}
    // A read that finds no key is an answer and no failure: only a write can meet a key that is gone.
    void fail_from(std::size_t nth, Fails failure) {
        const bool reads = failure.error.code != ErrorCode::not_found;
        fail_when([this, nth, reads](const backend::Call& call) { return (reads || call.writes()) && ++seen_ >= nth; }, std::move(failure));
    }
    [[nodiscard]] const registry::Tree& tree() const { return inner_->tree(); }

private:
    std::unique_ptr<backend::MemoryRegistry> inner_;
    std::size_t seen_ = 0;
};

class Folder {
public:
    Folder() { std::filesystem::create_directories(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path() / ("schancfg-faults-" + std::to_string(std::random_device{}()));
};

/// Carries the plan out with that failure at the nth call. false: no call was the nth.
bool survives(std::size_t nth, Fails failure) {
    const Folder folder;
    const auto options = Options::parse(*find_command("apply"), {"--yes", "--quiet", "-o", folder.file("out"), "--backup", folder.file("record")});
    REQUIRE(options);
    Log log;
    log.configure(Verbosity::quiet, LogFormat::text);
    auto owned = std::make_unique<Watched>(std::make_unique<backend::MemoryRegistry>(before(), "memory:faults"));
    Watched& target = *owned;
    target.fail_from(nth, std::move(failure));
    backend::OpenedTarget opened{std::move(owned), backend::Kind::memory, "memory:faults", nullptr, "faults", {}};
    const auto done = execute({*options, log}, Job{"apply", "profile:test", some_plan(), {}}, *decisions_of(*options), opened);
    const auto stored = load_record(folder.file("record"));
    REQUIRE(stored);
    if (done) {
        CHECK(*done == ExitCode::done);
        CHECK(target.tree().same_content(after()));
        CHECK(stored->record.status == codec::RecordStatus::applied);
        return target.failures() != 0;
    }
    REQUIRE(done.error().lines.size() == 1);
    const std::string& message = done.error().lines.front().message;
    CHECK(message.find('\n') == std::string::npos);
    switch (done.error().code) {
        case ExitCode::target:
            CHECK(message.ends_with("; nothing was touched"));
            CHECK(target.tree().same_content(before()));
            break;
        case ExitCode::rolled_back:
            CHECK(message.ends_with("; everything was rolled back"));
            CHECK(target.tree().same_content(before()));
            break;
        case ExitCode::left_over: {
            CHECK(message.find("rollback also failed; still changed: ") != std::string::npos);
            CHECK(stored->record.status == codec::RecordStatus::partial);
            // What is named may have been done or not; with it undone nothing is left.
            registry::Tree tree;
            target.tree().for_each([&](const KeyPath& path, const registry::Key& each) { tree.create(path).values = each.values; });
            registry::replay(plan::to_patch(plan::inverse(stored->record.plan)), tree);
            CHECK(tree.same_content(before()));
            break;
        }
        default: FAIL("exit code " << static_cast<int>(done.error().code));
    }
    return true;
}

}  // namespace

TEST_CASE("Whichever call on the registry fails, and however, the exit code says what is there", "[cli]") {
#ifdef _WIN32
    constexpr std::size_t step = 4;  // The code is the same; each attempt takes longer there.
#else
    constexpr std::size_t step = 1;
#endif
    std::size_t injected = 0;
    for (const Fault& fault : faults) {
        for (const auto kind : {Fails::Kind::refused, Fails::Kind::late}) {
            for (const std::size_t times : {std::size_t{1}, std::size_t{2}, Fails::forever}) {
                for (std::size_t nth = 1;; nth += step) {
                    CAPTURE(fault.name, static_cast<int>(kind), times, nth);
                    if (!survives(nth, {.error = fault.error, .kind = kind, .times = times})) break;
                    ++injected;
                }
            }
        }
    }
    WARN(injected << " faults");
    CHECK(injected > 1000 / step);
}
