// What carrying a plan out says and records when the target fails: the exit codes that no file on a disk can bring about.
#include "session/execution.hpp"

#include <cstdlib>
#include <filesystem>

#include "catch.hpp"
#include "inputs/records.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/memory.hpp"
#include "schancfg/plan/planner.hpp"

using namespace schancfg;
using namespace schancfg::cli;
using registry::KeyPath;
using registry::Root;
using registry::Value;

namespace {

const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");

/// Owns what FailingTarget only refers to.
class Owning : public backend::FailingTarget {
public:
    explicit Owning(std::unique_ptr<backend::MemoryRegistry> inner) : FailingTarget(*inner), inner_(std::move(inner)) {}
    [[nodiscard]] const registry::Tree& tree() const { return inner_->tree(); }

private:
    std::unique_ptr<backend::MemoryRegistry> inner_;
};

struct Ending {
    Outcome<ExitCode> outcome = ExitCode::done;
    codec::Record record;
    bool untouched = false;
};

registry::Tree before() {
    registry::Tree tree;
    tree.set_value(key, "EventLogging", Value::dword(1));
    return tree;
}

// Changes two values and adds one, in this order, on a target that fails as `plan_failure` says.
Ending run_with(const std::function<void(backend::FailingTarget&)>& plan_failure) {
    const std::filesystem::path file = std::filesystem::temp_directory_path() / ("schancfg-outcomes-" + std::to_string(std::random_device{}()) + ".json");
    const Command& command = *find_command("apply");
    const auto options = Options::parse(command, {"--yes", "--quiet", "--output", (file.string() + ".txt"), "--backup", file.string()});
    REQUIRE(options);
    Log log;
    log.configure(Verbosity::quiet, LogFormat::text);
    auto target = std::make_unique<Owning>(std::make_unique<backend::MemoryRegistry>(before(), "memory:test"));
    plan_failure(*target);
    const Owning& watched = *target;
    backend::OpenedTarget opened{std::move(target), backend::Kind::memory, "memory:test", nullptr, "test", {}};
    plan::Plan plan;
    plan.changes = {{key, "EventLogging", plan::Action::change, Value::dword(1), Value::dword(7), {}},
                    {key, "SendTrustedIssuerList", plan::Action::add, {}, Value::dword(1), {}}};
    Ending out;
    out.outcome = execute({*options, log}, Job{"apply", "profile:test", plan, {}}, *decisions_of(*options), opened);
    out.untouched = watched.tree().same_content(before());
    auto stored = load_record(file.string());
    REQUIRE(stored);
    out.record = std::move(stored->record);
    std::filesystem::remove(file);
    std::filesystem::remove(file.string() + ".txt");
    return out;
}

std::string message(const Ending& run) {
    REQUIRE(!run.outcome);
    REQUIRE(run.outcome.error().lines.size() == 1);
    std::string text = run.outcome.error().lines[0].message;
    // The name of the record's file is not ours to foresee.
    const std::string folder = std::filesystem::temp_directory_path().string();
    for (std::size_t at = 0; (at = text.find(folder)) != std::string::npos;) text.replace(at, text.find(".json", at) + 5 - at, "RECORD");
    return text;
}

}  // namespace

TEST_CASE("A plan that is carried out is recorded as applied", "[cli]") {
    const Ending run = run_with([](auto&) {});
    REQUIRE(run.outcome);
    CHECK(*run.outcome == ExitCode::done);
    CHECK(run.record.status == codec::RecordStatus::applied);
    CHECK(run.record.plan.changes.size() == 2);
}

TEST_CASE("A target that refuses the first write is untouched: 3", "[cli]") {
    const Ending run = run_with([](auto& target) { target.fail_at(1, {.error = {.code = ErrorCode::access_denied, .message = "access is denied"}}); });
    CHECK(message(run) == "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL: EventLogging: access is denied; nothing was touched");
    CHECK(run.outcome.error().code == ExitCode::target);
    CHECK(run.record.status == codec::RecordStatus::rolled_back);
    CHECK(run.untouched);
}

TEST_CASE("A target that fails half-way is rolled back: 4", "[cli]") {
    const Ending run = run_with([](auto& target) { target.fail_at(2); });
    CHECK(message(run) == "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL: SendTrustedIssuerList: the disk is full; "
                          "everything was rolled back");
    CHECK(run.outcome.error().code == ExitCode::rolled_back);
    CHECK(run.record.status == codec::RecordStatus::rolled_back);
    CHECK(run.untouched);
}

TEST_CASE("A write that is lost in silence is found by reading back: 4", "[cli]") {
    const Ending run = run_with([](auto& target) { target.fail_at(2, {.kind = backend::Failure::Kind::lost}); });
    CHECK(run.outcome.error().code == ExitCode::rolled_back);
    CHECK(run.untouched);
}

TEST_CASE("Where rolling back fails as well the message names what is left, and the record holds it: 5", "[cli]") {
    const Ending run = run_with([](auto& target) { target.fail_at(2, {.times = backend::Failure::forever}); });
    CHECK(message(run) == "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL: SendTrustedIssuerList: the disk is full; "
                          "rollback also failed; still changed: "
                          "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL: EventLogging; "
                          "RECORD records it; to undo: schancfg undo RECORD");
    CHECK(run.outcome.error().code == ExitCode::left_over);
    CHECK(run.record.status == codec::RecordStatus::partial);
    REQUIRE(run.record.plan.changes.size() == 1);
    CHECK(run.record.plan.changes[0].value_name == "EventLogging");
    CHECK(!run.untouched);
}
