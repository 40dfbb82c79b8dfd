// MachineStates: what files say of machines, so that most of a fleet, which holds the same, is taken apart once.
//
// Any thread may use it, each with an Essence of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "schancfg/diagnostic.hpp"
#include "schancfg/audit/criteria.hpp"
#include "schancfg/backend/open.hpp"
#include "schancfg/codec/reg_essence.hpp"

namespace schancfg::cli {

class MachineStates {
public:
    /// How each source is opened, and what is known of all of them. `options` outlives it.
    MachineStates(const backend::OpenOptions& options, effect::Circumstances known);

    /// What of an export decides what is judged.
    class Essence {
    public:
        Essence();

    private:
        friend class MachineStates;
        codec::RegEssence essence_;
    };

    struct Found {
        std::shared_ptr<const audit::State> state;  ///< null: it could not be read, see `why`
        std::string name;                           ///< of the computer; empty: the source does not say
        std::string why;
        Diagnostics doubts{};  ///< that it may be older than the machine is: a hive whose newest values are elsewhere
    };
    /// Reads that source.
    [[nodiscard]] Found read(const std::string& source, Essence& essence);

private:
    [[nodiscard]] Found open(const std::string& source, const backend::OpenOptions& options) const;
    [[nodiscard]] Found read_export(const std::string& source, Essence& essence);

    struct Hash {
        using is_transparent = void;
        [[nodiscard]] std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    const backend::OpenOptions& options_;
    effect::Circumstances known_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<const audit::State>, Hash, std::equal_to<>> states_;  // by essence
    std::size_t bytes_ = 0;                                                                               // of these essences
};

}  // namespace schancfg::cli
