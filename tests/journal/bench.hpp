// A state folder of its own and a registry in a file, for the tests of this room.
#pragma once

#include <string>

#include "backend/folder.hpp"
#include "catch.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/facts/releases.hpp"
#include "schancfg/journal/record.hpp"
#include "schancfg/plan/checked.hpp"
#include "schancfg/plan/planner.hpp"

namespace journal_test {

using namespace schancfg;

inline const registry::KeyPath schannel_key(registry::Root::local_machine, R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL)");

inline plan::Change set(std::string_view name, std::uint32_t before, std::uint32_t after) {
    return {.key = schannel_key, .value_name = std::string(name), .action = plan::Action::change, .before = registry::Value::dword(before),
            .after = registry::Value::dword(after), .origin = std::nullopt};
}

struct Bench {
    Folder folder;
    journal::StateFolder place{(folder / "state"), {}};
    std::string registry = "memory:" + folder.write("m.json", R"({"format_version":"1.0","os":"windows-server-2022","keys":[{"key":)"
                                                             R"("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL","values":[)"
                                                             R"({"name":"EventLogging","type":"REG_DWORD","data":1},)"
                                                             R"({"name":"SendTrustedIssuerList","type":"REG_DWORD","data":1}]}]})");

    [[nodiscard]] backend::OpenedTarget target() const {
        auto opened = backend::open_target(registry, {});
        REQUIRE(opened);
        return std::move(*opened);
    }
    [[nodiscard]] std::uint32_t event_logging() const {
        const auto opened = backend::open_source(registry, {});
        REQUIRE(opened);
        const auto content = opened->source->read(schannel_key);
        REQUIRE(content);
        for (const auto& value : content->values) {
            if (value.name == "EventLogging") return value.value.as_dword().value_or(0);
        }
        return 0;
    }
    /// A record of `plan` on the target, prepared.
    [[nodiscard]] codec::Record record(plan::Plan plan, const backend::OpenedTarget& target) const {
        codec::Record out = journal::new_record(std::move(plan), codec::Record::Kind::undo);
        out.target = target.label;
        out.machine = target.machine;
        out.os = target.release ? std::string(target.release->id) : std::string{};
        return out;
    }
};

inline plan::CheckedPlan checked(const plan::Plan& plan) {
    auto out = plan::check(plan, plan::Purpose::undo);
    REQUIRE(out);
    return std::move(*out);
}

}  // namespace journal_test
