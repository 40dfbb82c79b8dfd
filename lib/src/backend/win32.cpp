#include <windows.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "names.hpp"
#include "schancfg/backend/live.hpp"
#include "schancfg/utf.hpp"
#include "win32_key.hpp"
#include "files/win32_text.hpp"

namespace schancfg::backend {
namespace {

using registry::KeyPath;
using registry::Root;
using registry::Value;

constexpr std::chrono::seconds connect_timeout{20};
constexpr int max_restarts = 8;

std::string key_text(const KeyPath& key) { return "the key " + key.to_string(); }

/// The predefined keys as one machine has them.
class Roots {
public:
    [[nodiscard]] std::optional<HKEY> find(Root root) const {
        if (remote_) {
            if (root == Root::local_machine) return local_machine_.get();
            if (root == Root::users) return users_.get();
            return std::nullopt;
        }
        switch (root) {
            case Root::local_machine: return HKEY_LOCAL_MACHINE;
            case Root::users: return HKEY_USERS;
            case Root::current_user: return HKEY_CURRENT_USER;
            case Root::classes_root: return HKEY_CLASSES_ROOT;
            case Root::current_config: return HKEY_CURRENT_CONFIG;
            case Root::dyn_data: return std::nullopt;  // Windows 9x alone had it
        }
        return std::nullopt;
    }

    LSTATUS connect(const std::wstring& host) {
        remote_ = true;
        for (auto [predefined, key] : {std::pair{HKEY_LOCAL_MACHINE, &local_machine_}, std::pair{HKEY_USERS, &users_}}) {
            HKEY connected = nullptr;
            const LSTATUS status = ::RegConnectRegistryW(host.c_str(), predefined, &connected);
            if (status != ERROR_SUCCESS) return status;
            key->reset(connected);
        }
        return ERROR_SUCCESS;
    }

private:
    bool remote_ = false;
    KeyHandle local_machine_, users_;
};

class Win32Registry : public Target {
public:
    Win32Registry(Roots roots, std::string label) : roots_(std::move(roots)), label_(std::move(label)) {}

    std::string label() const override { return label_; }

    Result<KeyContent> read(const KeyPath& key) const override {
        if (auto valid = check_key(key); !valid) return std::unexpected(std::move(valid.error()));
        KeyContent content;
        content.is_link = true;
        if (lies_behind_link(key)) return content;
        content = {};
        LSTATUS status = ERROR_SUCCESS;
        // A key that is removed and made again while it is open answers ERROR_KEY_DELETED for good: open it anew.
        for (int attempt = 0; attempt < max_restarts; ++attempt) {
            KeyHandle opened;
            if (auto done = open(key, KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS, opened); !done) return std::unexpected(std::move(done.error()));
            status = read_content(opened.get(), content);
            if (status != ERROR_KEY_DELETED) break;
        }
        if (status != ERROR_SUCCESS) return files::windows_error(static_cast<std::uint32_t>(status), key_text(key) + " cannot be read");
        return content;
    }

    Result<void> create(const KeyPath& key) override {
        if (auto valid = check_key(key); !valid) return valid;
        KeyHandle ancestor;
        const auto depth = descend(key, KEY_QUERY_VALUE, ancestor, Last::may_be_link);
        if (!depth) return std::unexpected(depth.error());
        note_written(key);
        // The levels that are missing are made one by one, so that those that were made can be removed again when one fails.
        const std::vector<KeyPath> levels = levels_of(key);
        const HKEY start = ancestor ? ancestor.get() : *roots_.find(key.root());
        std::wstring relative;
        std::vector<std::wstring> made;
        for (std::size_t i = *depth; i < levels.size(); ++i) {
            if (!relative.empty()) relative += L'\\';
            relative += files::to_wide(levels[i].name());
            HKEY created = nullptr;
            DWORD disposition = 0;
            const LSTATUS status = create_level(start, relative, created, disposition);
            if (status != ERROR_SUCCESS) {
                for (auto at = made.rbegin(); at != made.rend(); ++at) ::RegDeleteKeyExW(start, at->c_str(), KEY_WOW64_64KEY, 0);
                return files::windows_error(static_cast<std::uint32_t>(status), key_text(levels[i]) + " cannot be made");
            }
            ::RegCloseKey(created);
            if (disposition == REG_CREATED_NEW_KEY) made.push_back(relative);
        }
        return {};
    }

    Result<void> set(const KeyPath& key, std::string_view name, const Value& value) override {
        KeyHandle opened;
        if (auto ready = open_to_write(key, name, opened); !ready) return ready;
        const std::wstring wide = files::to_wide(name);
        // Writing what is there already would still move the last write time and wake everybody who watches the key.
        Value found;
        if (query_value(opened.get(), wide, found) == ERROR_SUCCESS && found == value) return {};
        note_written(key);
        const LSTATUS status = store_value(opened.get(), wide, value);
        if (status == ERROR_KEY_DELETED) return no_such_key(key, ERROR_KEY_DELETED);
        if (status != ERROR_SUCCESS) {
            return files::windows_error(static_cast<std::uint32_t>(status), describe_value(name) + " of " + key_text(key) + " cannot be written");
        }
        return {};
    }

    Result<void> unset(const KeyPath& key, std::string_view name) override {
        KeyHandle opened;
        if (auto ready = open_to_write(key, name, opened); !ready) return ready;
        note_written(key);
        const LSTATUS status = ::RegDeleteValueW(opened.get(), files::to_wide(name).c_str());
        if (status == ERROR_FILE_NOT_FOUND) return no_such_value(key, name, ERROR_FILE_NOT_FOUND);
        if (status == ERROR_KEY_DELETED) return no_such_key(key, ERROR_KEY_DELETED);
        if (status != ERROR_SUCCESS) {
            return files::windows_error(static_cast<std::uint32_t>(status), describe_value(name) + " of " + key_text(key) + " cannot be removed");
        }
        return {};
    }

    Result<void> erase(const KeyPath& key) override {
        if (auto valid = check_key(key); !valid) return valid;
        if (key.is_root()) return is_a_root(key);
        KeyHandle parent;
        if (auto done = open_unlinked(key.parent(), KEY_QUERY_VALUE, parent); !done) {
            return done.error().code == ErrorCode::not_found ? no_such_key(key, done.error().os_code) : done;
        }
        const HKEY start = parent ? parent.get() : *roots_.find(key.root());
        const std::wstring name = files::to_wide(key.name());
        {
            KeyHandle opened;
            const LSTATUS status = open_key(start, name, KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS, opened);
            if (auto done = opened_or_error(status, key); !done) return done;
            // RegDeleteKeyEx on the name of a link removes the link's target.
            if (is_link(opened.get())) return refuse_link(key);
            DWORD children = 0;
            const LSTATUS asked = ::RegQueryInfoKeyW(opened.get(), nullptr, nullptr, nullptr, &children, nullptr, nullptr, nullptr,
                                                     nullptr, nullptr, nullptr, nullptr);
            if (asked == ERROR_SUCCESS && children != 0) return has_children(key);
        }
        note_written(key);
        const LSTATUS status = ::RegDeleteKeyExW(start, name.c_str(), KEY_WOW64_64KEY, 0);
        if (status == ERROR_FILE_NOT_FOUND) return no_such_key(key, ERROR_FILE_NOT_FOUND);
        if (status != ERROR_SUCCESS) return files::windows_error(static_cast<std::uint32_t>(status), key_text(key) + " cannot be removed");
        return {};
    }

    // Other processes see a change at once, and the system writes it to the disk some seconds later. A record must not say that a change is
    // done which a power cut would take away, so each hive that was written is flushed, once (sdk-api winreg RegFlushKey).
    Result<void> commit() override {
        for (const KeyPath& hive : written_) {
            KeyHandle opened;
            if (auto done = open(hive, KEY_QUERY_VALUE, opened); !done) return done;
            if (const LSTATUS status = ::RegFlushKey(opened.get()); status != ERROR_SUCCESS) {
                return files::windows_error(static_cast<std::uint32_t>(status), key_text(hive) + " cannot be written to the disk");
            }
        }
        written_.clear();
        return {};
    }

private:
    // The key itself, be it a link.
    Result<void> open(const KeyPath& key, REGSAM access, KeyHandle& opened) const {
        const auto root = roots_.find(key.root());
        if (!root) return no_root(key);
        return opened_or_error(open_key(*root, files::to_wide(key.path()), access, opened), key);
    }

    std::unexpected<Error> no_root(const KeyPath& key) const {
        return fail(ErrorCode::unsupported, "the root " + std::string(registry::short_name(key.root())) + " does not exist in " + label_);
    }

    static std::vector<KeyPath> levels_of(const KeyPath& key) {
        std::vector<KeyPath> levels;
        for (KeyPath at = key; !at.is_root(); at = at.parent()) levels.push_back(at);
        std::ranges::reverse(levels);
        return levels;
    }

    // Windows has one link that everybody goes through: it leads to the control set that the system started with.
    static bool may_be_followed(const KeyPath& key) { return utf::equal_no_case(key.name(), "CurrentControlSet"); }

    enum class Last { no_link, may_be_link };

    // Opens level by level, each by its own name and as itself, so that no link is followed but the one above. Gives how many levels
    // of the path exist; `opened` is the last of them, and empty for a root.
    Result<std::size_t> descend(const KeyPath& key, REGSAM access, KeyHandle& opened, Last last) const {
        const auto root = roots_.find(key.root());
        if (!root) return no_root(key);
        const std::vector<KeyPath> levels = levels_of(key);
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const HKEY parent = opened ? opened.get() : *root;
            const bool is_last = i + 1 == levels.size();
            const std::wstring name = files::to_wide(levels[i].name());
            KeyHandle level;
            LSTATUS status = open_key(parent, name, is_last ? access | KEY_QUERY_VALUE : KEY_QUERY_VALUE, level);
            if (status == ERROR_SUCCESS && is_link(level.get())) {
                if (is_last && last == Last::may_be_link) {
                    opened = std::move(level);
                    return levels.size();
                }
                if (!may_be_followed(levels[i]) || is_last) return refuse_link(levels[i]);
                HKEY target = nullptr;
                status = ::RegOpenKeyExW(parent, name.c_str(), 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &target);
                if (status == ERROR_FILE_NOT_FOUND) return refuse_link(levels[i]);
                level.reset(status == ERROR_SUCCESS ? target : nullptr);
            }
            if (status == ERROR_FILE_NOT_FOUND || status == ERROR_KEY_DELETED) return i;
            if (auto done = opened_or_error(status, levels[i]); !done) return std::unexpected(std::move(done.error()));
            opened = std::move(level);
        }
        return levels.size();
    }

    Result<void> open_unlinked(const KeyPath& key, REGSAM access, KeyHandle& opened) const {
        const auto depth = descend(key, access, opened, Last::no_link);
        if (!depth) return std::unexpected(depth.error());
        if (*depth != levels_of(key).size()) return no_such_key(key, ERROR_FILE_NOT_FOUND);
        return {};
    }

    // What Windows would show of such a key is another key's. A level that was no link once is not looked at again: for reading that is
    // enough, and over a network each look takes its time.
    bool lies_behind_link(const KeyPath& key) const {
        for (const KeyPath& level : levels_of(key.parent())) {
            if (may_be_followed(level) || unlinked_.contains(level)) continue;
            KeyHandle opened;
            if (!open(level, KEY_QUERY_VALUE, opened)) return false;
            if (is_link(opened.get())) return true;
            unlinked_.insert(level);
        }
        return false;
    }

    static Result<void> opened_or_error(LSTATUS status, const KeyPath& key) {
        if (status == ERROR_SUCCESS) return {};
        if (status == ERROR_FILE_NOT_FOUND || status == ERROR_KEY_DELETED) return no_such_key(key, static_cast<std::uint32_t>(status));
        return files::windows_error(static_cast<std::uint32_t>(status), key_text(key) + " cannot be opened");
    }

    Result<void> open_to_write(const KeyPath& key, std::string_view name, KeyHandle& opened) const {
        if (auto valid = check_key(key); !valid) return valid;
        if (auto valid = check_value_name(name); !valid) return valid;
        if (key.is_root()) return open(key, KEY_QUERY_VALUE | KEY_SET_VALUE, opened);
        return open_unlinked(key, KEY_QUERY_VALUE | KEY_SET_VALUE, opened);
    }

    static LSTATUS create_level(HKEY start, const std::wstring& relative, HKEY& created, DWORD& disposition) {
        return ::RegCreateKeyExW(start, relative.c_str(), 0, nullptr, REG_OPTION_NON_VOLATILE, KEY_QUERY_VALUE | KEY_WOW64_64KEY,
                                 nullptr, &created, &disposition);
    }

    static std::unexpected<Error> refuse_link(const KeyPath& key) {
        return fail(ErrorCode::unsupported, key_text(key) + " is a symbolic link, which is left alone");
    }

    // `HKLM\SYSTEM`: the hives of a machine are the keys below its root.
    void note_written(const KeyPath& key) {
        if (key.is_root()) return;
        written_.insert(KeyPath(key.root(), std::string(key.components().front())));
    }

    Roots roots_;
    std::string label_;
    std::set<KeyPath> written_;  // since the last commit
    mutable std::set<KeyPath> unlinked_;
};

// RegConnectRegistry waits as long as the network does. It is waited for in a thread of its own, which nobody waits for when it
// takes too long; it then ends by itself.
std::expected<Roots, LSTATUS> connect(const std::wstring& host) {
    struct Attempt {
        std::mutex mutex;
        std::condition_variable done;
        std::optional<LSTATUS> status;
        Roots roots;
    };
    const auto attempt = std::make_shared<Attempt>();
    std::thread([attempt, host] {
        Roots roots;
        const LSTATUS status = roots.connect(host);
        const std::lock_guard lock(attempt->mutex);
        attempt->roots = std::move(roots);
        attempt->status = status;
        attempt->done.notify_all();
    }).detach();
    std::unique_lock lock(attempt->mutex);
    if (!attempt->done.wait_for(lock, connect_timeout, [&] { return attempt->status.has_value(); })) {
        return std::unexpected(RPC_S_SERVER_UNAVAILABLE);
    }
    if (*attempt->status != ERROR_SUCCESS) return std::unexpected(*attempt->status);
    return std::move(attempt->roots);
}

// Only trying says whether a process may write: elevation is one reason of several.
Result<void> check_writable(const Roots& roots) {
    const std::optional<HKEY> machine = roots.find(Root::local_machine);
    const KeyPath key(Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    KeyHandle opened;
    const LSTATUS status = open_key(*machine, files::to_wide(key.path()), KEY_SET_VALUE | KEY_CREATE_SUB_KEY, opened);
    if (status == ERROR_SUCCESS || status == ERROR_FILE_NOT_FOUND) return {};
    return files::windows_error(static_cast<std::uint32_t>(status), key_text(key) + " cannot be opened for writing");
}

}  // namespace

Result<std::unique_ptr<Target>> open_live(std::string_view host, Access access) {
    Roots roots;
    if (!host.empty()) {
        std::string_view name = host;
        while (name.starts_with('\\')) name.remove_prefix(1);
        if (name.empty() || name.find_first_of(std::string_view("\\/\0", 3)) != std::string_view::npos) {
            return fail(ErrorCode::malformed, "'" + std::string(host) + "' is not a host name");
        }
        auto connected = connect(L"\\\\" + files::to_wide(name));
        if (!connected) {
            return files::windows_error(static_cast<std::uint32_t>(connected.error()), "the registry of '" + std::string(name) + "' cannot be opened");
        }
        roots = std::move(*connected);
    }
    if (access == Access::write) {
        if (auto writable = check_writable(roots); !writable) return std::unexpected(std::move(writable.error()));
    }
    return std::make_unique<Win32Registry>(std::move(roots), host.empty() ? "live" : "live:" + std::string(host));
}

std::uint64_t last_start() {
    FILETIME now{};
    GetSystemTimeAsFileTime(&now);
    const std::uint64_t ticks_a_millisecond = 10'000;
    return to_number(now) - GetTickCount64() * ticks_a_millisecond;
}

}  // namespace schancfg::backend
