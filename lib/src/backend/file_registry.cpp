#include "file_registry.hpp"

namespace schancfg::backend {

FileRegistry::FileRegistry(registry::Tree tree, std::string label, registry::Coverage coverage, std::unique_ptr<files::LockedFile> file, Encode encode,
                           bool unsaved, std::size_t max_size)
    : memory_(std::move(tree), std::move(label), std::move(coverage)), file_(std::move(file)), encode_(std::move(encode)), unsaved_(unsaved), max_size_(max_size) {}

Result<void> FileRegistry::changed(Result<void> result) {
    if (result) unsaved_ = true;
    return result;
}

Result<void> FileRegistry::create(const registry::KeyPath& key) {
    if (!key.is_root() && memory_.tree().find(key) != nullptr) return {};
    return changed(memory_.create(key));
}

// A file that already says so keeps its bytes, comments and order.
Result<void> FileRegistry::set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) {
    if (const registry::Value* found = memory_.tree().find_value(key, name); found != nullptr && *found == value) return {};
    return changed(memory_.set(key, name, value));
}

Result<void> FileRegistry::unset(const registry::KeyPath& key, std::string_view name) { return changed(memory_.unset(key, name)); }

Result<void> FileRegistry::erase(const registry::KeyPath& key) { return changed(memory_.erase(key)); }

Result<void> FileRegistry::commit() {
    if (!unsaved_) return {};
    const std::string text = encode_(memory_.tree());
    if (text.size() > max_size_) {
        return fail(ErrorCode::io, label() + " would be larger than the " + std::to_string(max_size_ >> 20) + " MiB that such a file may have");
    }
    if (auto written = file_->replace(text); !written) return written;
    unsaved_ = false;
    return {};
}

}  // namespace schancfg::backend
