// HiveRegistry: the offline hives SYSTEM and SOFTWARE of a machine that is not running, as a Target. The one place that knows what Windows makes of
// them when it runs: HKLM\SYSTEM\CurrentControlSet is the control set that `Select` names.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "schancfg/backend/source.hpp"
#include "schancfg/codec/regf_editor.hpp"
#include "schancfg/diagnostic.hpp"
#include "schancfg/files/lock.hpp"
#include "schancfg/files/paged.hpp"

namespace schancfg::backend {

struct HiveOptions {
    bool writing = false;        ///< holds the locks of the files
    bool keep_original = false;  ///< before a file is replaced it is copied to a new file beside it, SYSTEM.bak
};

class HiveRegistry : public Target {
public:
    /// `files`: one or two, one of each kind. malformed: a file is no hive, or neither a SYSTEM nor a SOFTWARE, or both are the same. conflict: it
    /// is in use or, for writing, its system is hibernated, or it was left in the middle of a write and no log of it fits.
    [[nodiscard]] static Result<std::unique_ptr<HiveRegistry>> open(const std::vector<std::string>& files, std::string label, const HiveOptions& options,
                                                                    Diagnostics& diagnostics);

    [[nodiscard]] Result<KeyContent> read(const registry::KeyPath& key) const override;
    [[nodiscard]] Result<KeyContent> read_alone(const registry::KeyPath& key) const override;
    [[nodiscard]] std::string label() const override { return label_; }
    [[nodiscard]] const registry::Coverage& coverage() const override { return coverage_; }
    [[nodiscard]] Result<void> create(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> set(const registry::KeyPath& key, std::string_view name, const registry::Value& value) override;
    [[nodiscard]] Result<void> unset(const registry::KeyPath& key, std::string_view name) override;
    [[nodiscard]] Result<void> erase(const registry::KeyPath& key) override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] bool writes_at_commit() const override;

    /// The file by which the machine is known: SYSTEM where it is there.
    [[nodiscard]] const std::string& first_file() const { return mounted_.front()->path; }

private:
    enum class HiveKind : std::uint8_t { system, software };
    /// A hive at its place in the registry.
    struct Mounted {
        HiveKind kind = HiveKind::system;
        std::string path;
        std::unique_ptr<files::LockedFile> file;  // where it may be written
        std::unique_ptr<files::PagedFile> pages;  // where it is only read
        std::string bytes;                        // of the file, where it was read
        std::string replayed;                     // with what its logs held, where it needs them
        std::unique_ptr<codec::Hive> hive;
        std::unique_ptr<codec::HiveEditor> editor;
        std::string control_set;  // of a SYSTEM: `ControlSet001`
        std::uint32_t last_sequence = 0;
        bool is_broken = false;  // what the file holds is not what is here

        [[nodiscard]] std::string_view stored() const { return pages ? pages->bytes() : std::string_view(bytes); }
        /// conflict, io: the file was shortened while it was read, or can't be read any more.
        [[nodiscard]] Result<void> check() const { return pages ? pages->check(path) : Result<void>{}; }
    };
    /// A key within its hive.
    struct Place {
        Mounted* mounted = nullptr;
        codec::HivePath path;
    };

    HiveRegistry(std::string label, bool keep_original) : label_(std::move(label)), keep_original_(keep_original) {}
    [[nodiscard]] static Result<std::unique_ptr<Mounted>> mount(const std::string& path, const HiveOptions& options, Diagnostics& diagnostics);
    [[nodiscard]] static codec::Hive::Bring bring_of(files::PagedFile* pages);
    [[nodiscard]] static Result<void> recover(Mounted& mounted, const std::string& named, bool writing, Diagnostics& diagnostics);
    [[nodiscard]] static Result<HiveKind> kind_of(const codec::Hive& hive);
    [[nodiscard]] static Result<std::string> control_set_of(const codec::Hive& hive, const std::string& path, Diagnostics& diagnostics);
    [[nodiscard]] Result<Place> place_of(const registry::KeyPath& key) const;
    [[nodiscard]] Result<Place> writable_place_of(const registry::KeyPath& key) const;
    [[nodiscard]] KeyContent read_machine() const;
    [[nodiscard]] Result<KeyContent> read_part(const registry::KeyPath& key, codec::HivePart part) const;

    std::string label_;
    bool keep_original_;
    std::vector<std::unique_ptr<Mounted>> mounted_;  // SYSTEM first
    registry::Coverage coverage_;
};

}  // namespace schancfg::backend
