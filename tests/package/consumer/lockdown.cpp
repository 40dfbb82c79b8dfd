#include "lockdown.hpp"

#include "schancfg/plan/planner.hpp"
#include "schancfg/registry/wanted.hpp"

namespace lockdown {

using namespace schancfg;

namespace {

Result<void> execute(const plan::Change& change, backend::Target& registry) {
    if (!change.value_name) return change.action == plan::Action::add ? registry.create(change.key) : registry.erase(change.key);
    return change.after ? registry.set(change.key, *change.value_name, *change.after) : registry.unset(change.key, *change.value_name);
}

}  // namespace

Result<void> turn_off_old_protocols(backend::Target& registry) {
    const registry::KeyPath protocols(registry::Root::local_machine,
                                      R"(SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols)");
    const auto before = backend::snapshot(registry, {registry::Area{protocols}});
    if (!before) return std::unexpected(before.error());

    registry::Wanted wanted;
    for (const auto* name : {"SSL 3.0", "TLS 1.0"}) {
        registry::WantedValue off;
        off.key = protocols.child(name).child("Server");
        off.name = "Enabled";
        off.value = registry::Value::dword(0);
        wanted.values.push_back(off);
    }
    wanted.sort();
    plan::Plan done;
    const auto roll_back = [&] {
        for (const auto& change : plan::inverse(done).changes) (void)execute(change, registry);
    };
    for (const auto& change : plan::make(*before, wanted).changes) {
        if (auto written = execute(change, registry); !written) {
            roll_back();
            return written;
        }
        done.changes.push_back(change);
    }
    auto kept = registry.commit();
    if (!kept) roll_back();
    return kept;
}

}  // namespace lockdown
