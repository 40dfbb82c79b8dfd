#include "inputs/unfinished.hpp"

#include "render/escape.hpp"
#include "schancfg/journal/clock.hpp"
#include "inputs/records.hpp"

namespace schancfg::cli {
namespace {

using codec::RecordStatus;
using journal::now;
using journal::time_of;

std::string what_was_cut_off(const Unfinished& each) {
    const std::string run = (each.marker.command == "undo" ? "an undo of " : "an apply to ") + escape(each.marker.target) + " (" + each.marker.id +
                            ", " + each.marker.time + ") was interrupted";
    if (!each.has_record) return run + " before it changed anything";
    const std::string name = each.name();
    if (each.record) {
        switch (each.record->record.status) {
            case RecordStatus::applied: return run + " after its last change; to undo: schancfg undo " + name;
            case RecordStatus::undone: return run + " after it was undone";
            case RecordStatus::rolled_back: return run + " after everything was rolled back";
            case RecordStatus::prepared:
            case RecordStatus::partial: break;
        }
        if (!each.record->record.undoes.empty()) return run + "; to complete it: schancfg undo " + each.record->record.undoes;
    }
    return run + "; to undo what it did: schancfg undo " + name + "; to complete it, apply again";
}

std::string what_waits(const Unfinished& each) {
    const std::string name = each.name();
    const std::string revert_at = each.record ? each.record->record.revert_at : each.marker.revert_at;
    const auto due = time_of(revert_at);
    const bool late = due && *due < now();
    std::string text = "the changes of " + each.marker.id + " to " + escape(each.marker.target) + (late ? " were to be" : " are") + " reverted at " +
                       revert_at + " unless confirmed";
    if (each.watched == false) text += ", and the watchdog that would do so is gone; to undo them now: schancfg undo " + name;
    return text + "; to keep them: schancfg confirm " + name;
}

}  // namespace

void tell_unfinished(const Context& context, const std::string& machine) {
    for (const Unfinished& each : find_unfinished(machine)) {
        if (each.waited()) continue;
        if (each.running) {
            context.log.note("process " + std::to_string(each.marker.process) + " is changing " + escape(each.marker.target) + " (" + each.marker.id + ')');
        } else {
            context.log.report({each.waits() ? "unconfirmed" : "interrupted", Severity::warning, {}, each.waits() ? what_waits(each) : what_was_cut_off(each), {}});
        }
    }
}

}  // namespace schancfg::cli
