#include "inputs/machine_states.hpp"

#include <algorithm>
#include <iterator>

#include "inputs/circumstances.hpp"
#include "schancfg/backend/machine.hpp"
#include "schancfg/codec/reg_text.hpp"
#include "schancfg/files/mapped.hpp"
#include "schancfg/schannel/managed.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::cli {
namespace {

constexpr std::size_t most_bytes = 16u << 20;  // of essences that are remembered; the states take about twice as much

bool decides(const registry::KeyPath& key, std::string_view name) {
    return backend::says_release(key, name) || schannel::permission(key, name) != schannel::Permission::outside;
}

}  // namespace

MachineStates::Essence::Essence() : essence_(decides, backend::computer_name_key(), std::string(backend::computer_name_value)) {}

MachineStates::MachineStates(const backend::OpenOptions& options, effect::Circumstances known) : options_(options), known_(std::move(known)) {}

MachineStates::Found MachineStates::open(const std::string& source, const backend::OpenOptions& options) const {
    auto opened = backend::open_source(source, options);
    if (!opened) {
        const backend::OpenError& error = opened.error();
        return {nullptr, {}, error.diagnostics.empty() ? error.error.message : error.diagnostics.front().message};
    }
    auto tree = backend::snapshot(*opened->source, schannel::managed_keys());
    if (!tree) return {nullptr, {}, tree.error().message};
    effect::Circumstances known = known_;
    add_what_it_says(known, opened->kind, *opened->source, opened->release);
    Found out{std::make_shared<const audit::State>(audit::State{opened->release, schannel::managed_part(*tree), std::move(known)}), backend::computer_name(*opened->source), {}};
    std::ranges::copy_if(opened->diagnostics, std::back_inserter(out.doubts), [](const Diagnostic& each) { return each.severity == Severity::warning && each.rule.starts_with("hive-"); });
    return out;
}

MachineStates::Found MachineStates::read_export(const std::string& source, Essence& essence) {
    const auto file = files::MappedFile::open(source, codec::reg_max_file);
    if (!file) return open(source, options_);  // who opens it says what is wrong
    backend::OpenOptions options = options_;
    options.content = file->bytes();
    auto found = options.strict ? std::nullopt : essence.essence_.find(file->bytes());
    if (!found) {
        Found read = open(source, options);
        const auto whole = file->check(source);
        return whole ? read : Found{nullptr, {}, whole.error().message};
    }
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = states_.find(found->bytes); known != states_.end()) return {known->second, std::move(found->own), {}};
    }
    Found read = open(source, options);
    if (read.state == nullptr) return read;
    const std::lock_guard lock(mutex_);
    if (bytes_ + found->bytes.size() > most_bytes) return read;
    const auto [place, is_new] = states_.try_emplace(std::string(found->bytes), read.state);
    if (is_new) bytes_ += found->bytes.size();
    read.state = place->second;
    return read;
}

MachineStates::Found MachineStates::read(const std::string& source, Essence& essence) {
    // A letter alone before the colon is a drive, no scheme.
    const bool is_export = utf::ends_with_no_case(source, ".reg") && source.find(':', source.find(':') == 1 ? 2 : 0) == std::string::npos;
    return is_export ? read_export(source, essence) : open(source, options_);
}

}  // namespace schancfg::cli
