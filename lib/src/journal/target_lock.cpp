#include "schancfg/journal/target_lock.hpp"

#include <utility>

#include "schancfg/backend/machine.hpp"
#include "schancfg/files/path.hpp"
#include "schancfg/files/file.hpp"
#include "schancfg/files/held.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/utf.hpp"

namespace schancfg::journal {
namespace {

using registry::KeyPath;

class Locked : public backend::Target {
public:
    Locked(std::unique_ptr<backend::Target> inner, files::HeldFile lock) : inner_(std::move(inner)), lock_(std::move(lock)) {}

    [[nodiscard]] Result<backend::KeyContent> read(const KeyPath& key) const override { return inner_->read(key); }
    [[nodiscard]] Result<backend::KeyContent> read_alone(const KeyPath& key) const override { return inner_->read_alone(key); }
    [[nodiscard]] std::string label() const override { return inner_->label(); }
    Result<void> create(const KeyPath& key) override { return inner_->create(key); }
    Result<void> set(const KeyPath& key, std::string_view name, const registry::Value& value) override { return inner_->set(key, name, value); }
    Result<void> unset(const KeyPath& key, std::string_view name) override { return inner_->unset(key, name); }
    Result<void> erase(const KeyPath& key) override { return inner_->erase(key); }
    Result<void> commit() override { return inner_->commit(); }
    [[nodiscard]] bool writes_at_commit() const override { return inner_->writes_at_commit(); }

private:
    std::unique_ptr<backend::Target> inner_;
    files::HeldFile lock_;
};

// The identity of a machine holds what no file name may.
std::string name_of(const std::string& machine) {
    codec::Sha256 hash;
    hash.update(utf::fold_case(backend::machine_key(machine)));
    return "machine-" + hash.finish().substr(0, 16) + ".lock";
}

std::string holder(const std::string& file) {
    const auto process = files::holder_of(file);
    return process != 0 ? "process " + std::to_string(process) + ", which" : "another process that";
}

}  // namespace

Result<void> lock(const StateFolder& folder, backend::OpenedTarget& opened) {
    if (opened.kind != backend::Kind::live && opened.kind != backend::Kind::remote) return {};
    if (folder.path.empty()) return fail(ErrorCode::io, "there is no state folder for the lock of " + opened.label);
    if (auto made = files::make_private_folder(folder.path); !made) return made;
    const std::string file = files::join(folder.path, name_of(opened.machine));
    auto held = files::HeldFile::take(file);
    if (!held && held.error().code == ErrorCode::conflict && files::is_held(file) != false) {
        return fail(ErrorCode::conflict, opened.label + " is locked by " + holder(file) + " is writing it; nothing was touched");
    }
    if (!held) return std::unexpected(std::move(held.error()));
    opened.target = std::make_unique<Locked>(std::move(opened.target), std::move(*held));
    return {};
}

}  // namespace schancfg::journal
