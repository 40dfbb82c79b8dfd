// RecordingTarget: passes every verb on to another Target and writes down what was called, in order.
//
// For tests that ask what was done, not only how it ended. It owns nothing: the Target behind it must outlive it. Used by one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "schancfg/backend/call.hpp"
#include "schancfg/backend/source.hpp"

namespace schancfg::backend {

class RecordingTarget : public Target {
public:
    explicit RecordingTarget(Target& inner) : inner_(inner) {}

    [[nodiscard]] Result<KeyContent> read(const registry::KeyPath& key) const override;
    [[nodiscard]] std::string label() const override { return inner_.label(); }
    [[nodiscard]] const registry::Coverage& coverage() const override { return inner_.coverage(); }
    [[nodiscard]] Result<void> create(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override;
    [[nodiscard]] Result<void> unset(const registry::KeyPath& key, std::string_view name) override;
    [[nodiscard]] Result<void> erase(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] bool writes_at_commit() const override { return inner_.writes_at_commit(); }

    /// Every call since the start or the last `clear`, failed ones too.
    [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }
    /// The same without reads.
    [[nodiscard]] std::vector<Call> writes() const;
    void clear() { calls_.clear(); }

private:
    Target& inner_;
    mutable std::vector<Call> calls_;
};

}  // namespace schancfg::backend
