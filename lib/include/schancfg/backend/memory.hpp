// The in-memory registry: a Target over a Tree, for tests on any system and for what-if. Held to the same contract suite as
// the Win32 registry. Public API: link schancfg and unit-test your own code against it; failures come from backend/failing.hpp.
// Used by one thread at a time; several may read.
#pragma once

#include <string>

#include "schancfg/backend/source.hpp"

namespace schancfg::backend {

class MemoryRegistry : public Target {
public:
    explicit MemoryRegistry(registry::Tree tree = {}, std::string label = "memory", registry::Coverage coverage = {});

    [[nodiscard]] Result<KeyContent> read(const registry::KeyPath& key) const override;
    [[nodiscard]] std::string label() const override { return label_; }
    [[nodiscard]] const registry::Coverage& coverage() const override { return coverage_; }
    [[nodiscard]] Result<void> create(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override;
    [[nodiscard]] Result<void> unset(const registry::KeyPath& key, std::string_view name) override;
    [[nodiscard]] Result<void> erase(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> commit() override { return {}; }

    [[nodiscard]] const registry::Tree& tree() const { return tree_; }

private:
    registry::Tree tree_;
    std::string label_;
    registry::Coverage coverage_;
};

}  // namespace schancfg::backend
