#include <filesystem>
#include <fstream>
#include <iterator>

#include "apply/execute.hpp"
#include "catch.hpp"
#include "plan/generated.hpp"
#include "schancfg/backend/failing.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/plan/planner.hpp"

using namespace schancfg;
using namespace schancfg::registry;

namespace {

const KeyPath& top = generated::schannel;

/// A file of its own for each test, gone afterwards.
class RegFile {
public:
    explicit RegFile(const Tree& tree) {
        std::ofstream(path_, std::ios::binary) << codec::encode_reg(tree);
    }
    RegFile(const RegFile&) = delete;
    RegFile& operator=(const RegFile&) = delete;
    ~RegFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    [[nodiscard]] std::string spelling() const { return "reg:" + path_.string(); }
    [[nodiscard]] std::string bytes() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                  ("schancfg-apply-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".reg");
};

plan::Plan three_changes(const Tree& tree) {
    Tree to;
    to.set_value(top.child("Ciphers"), "Enabled", Value::dword(1));
    to.set_value(top, "EventLogging", Value::dword(7));
    return plan::between(tree, to);
}

}  // namespace

TEST_CASE("a file is written once, at the commit, and by an undo comes back to the same bytes", "[apply]") {
    Tree tree;
    tree.set_value(top, "EventLogging", Value::dword(1));
    const RegFile file(tree);
    const std::string before = file.bytes();
    const plan::Plan plan = three_changes(tree);
    REQUIRE(plan.changes.size() == 3);
    auto opened = backend::open_target(file.spelling(), {});
    REQUIRE(opened);
    const auto report = execute(plan, *opened->target, [&](const plan::Change&, bool) { CHECK(file.bytes() == before); });
    REQUIRE(report.outcome == apply::RunOutcome::done);
    CHECK(file.bytes() != before);
    CHECK(execute(plan::inverse(plan), *opened->target).outcome == apply::RunOutcome::done);
    CHECK(file.bytes() == before);
}

TEST_CASE("whichever step of writing a file fails, the file keeps its bytes", "[apply]") {
    Tree tree;
    tree.set_value(top, "EventLogging", Value::dword(1));
    const RegFile file(tree);
    const std::string before = file.bytes();
    const plan::Plan plan = three_changes(tree);
    for (std::size_t nth = 1; nth <= plan.changes.size() + 1; ++nth) {
        CAPTURE(nth);
        auto opened = backend::open_target(file.spelling(), {});
        REQUIRE(opened);
        backend::FailingTarget target(*opened->target);
        target.fail_at(nth, {.times = backend::Failure::forever});
        CHECK(execute(plan, target).outcome != apply::RunOutcome::done);
        CHECK(file.bytes() == before);
    }
}

TEST_CASE("a registry that would be too large to be read again is not written, and nothing was touched", "[apply]") {
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "schancfg-apply-large.json";
    const std::string before = R"({"format_version":"1.0","os":null,"keys":[]})";
    std::ofstream(path, std::ios::binary) << before;
    {
        auto opened = backend::open_target("memory:" + path.string(), {});
        REQUIRE(opened);
        Tree to;
        to.set_value(top, "EventLogging", Value::binary(std::string(33u << 20, 'x')));
        const auto state = backend::snapshot(*opened->target, {Area{top}});
        REQUIRE(state);
        const auto report = execute(plan::between(*state, to), *opened->target);
        CHECK(report.outcome == apply::RunOutcome::refused);
        CHECK(report.left.empty());
        REQUIRE(report.error);
        CHECK(report.error->message.ends_with(" would be larger than the 64 MiB that such a file may have"));
    }
    {
        std::ifstream file(path, std::ios::binary);
        CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == before);
    }
    std::filesystem::remove(path);
}
