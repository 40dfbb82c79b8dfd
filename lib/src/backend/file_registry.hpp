// FileRegistry: a registry kept in a file. It is read once, changed in memory, and the file is rewritten whole at commit, in the form
// that `encode` gives. It knows no format and holds the lock of the file while it lives.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "schancfg/files/lock.hpp"
#include "schancfg/backend/memory.hpp"

namespace schancfg::backend {

class FileRegistry : public Target {
public:
    using Encode = std::function<std::string(const registry::Tree&)>;
    /// `max_size`: what is larger is not written, since it could not be read again. `unsaved`: the tree is not what the file holds, so that a commit without a change writes as well (a new file).
    FileRegistry(registry::Tree tree, std::string label, registry::Coverage coverage, std::unique_ptr<files::LockedFile> file, Encode encode, bool unsaved,
                 std::size_t max_size);

    [[nodiscard]] Result<KeyContent> read(const registry::KeyPath& key) const override { return memory_.read(key); }
    [[nodiscard]] std::string label() const override { return memory_.label(); }
    [[nodiscard]] const registry::Coverage& coverage() const override { return memory_.coverage(); }
    [[nodiscard]] Result<void> create(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override;
    [[nodiscard]] Result<void> unset(const registry::KeyPath& key, std::string_view name) override;
    [[nodiscard]] Result<void> erase(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] bool writes_at_commit() const override { return true; }

private:
    [[nodiscard]] Result<void> changed(Result<void> result);

    MemoryRegistry memory_;
    std::unique_ptr<files::LockedFile> file_;
    Encode encode_;
    bool unsaved_;
    std::size_t max_size_;
};

}  // namespace schancfg::backend
