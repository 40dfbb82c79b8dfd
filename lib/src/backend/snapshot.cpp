#include "schancfg/backend/source.hpp"

#include <algorithm>

#include "schancfg/utf.hpp"

namespace schancfg::backend {
namespace {

constexpr int max_attempts = 8;

// The one value that a link holds: the path of its target, without a NUL ([MS-RRP] 3.1.1.11).
std::string target_of(const KeyContent& link) {
    return link.values.empty() ? std::string{} : utf::from_utf16le(link.values.front().value.bytes);
}

// The key as `onto` shall hold it, with everything below it when `recursive`. A key that is gone by now, or a link, is left out.
// The source answers for one key being consistent in itself; here a child that vanished between the list of children and its own
// reading makes the list stale, so the parent is read again.
Result<bool> copy(const Source& source, const registry::KeyPath& path, bool recursive, registry::Tree& onto, std::vector<Link>& links) {
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        auto content = recursive ? source.read(path) : source.read_alone(path);
        if (!content) {
            if (content.error().code == ErrorCode::not_found) return false;
            return std::unexpected(content.error());
        }
        if (content->is_link) {
            if (std::ranges::find(links, path, &Link::key) == links.end()) links.push_back({path, target_of(*content)});
            return true;
        }
        if (attempt != 0) onto.erase(path);
        registry::Key& key = onto.create(path);
        key.values = std::move(content->values);
        key.last_write = content->last_write;
        if (!recursive) return true;
        bool stale = false;
        for (const std::string& child : content->children) {
            const registry::KeyPath below = path.child(child);
            if (child.find('\0') != std::string::npos || child.find('\\') != std::string::npos) {
                return fail(ErrorCode::unsupported,
                            "a key below " + path.to_string() + " has a name that Win32 programs cannot open");
            }
            const auto copied = copy(source, below, true, onto, links);
            if (!copied) return copied;
            if (!*copied) stale = true;
        }
        if (!stale) return true;
    }
    return fail(ErrorCode::conflict, "the keys below " + path.to_string() + " keep changing while they are read");
}

// A plan makes the keys that are missing, and an undo removes those again: so how much of the path is there has to be known.
Result<void> copy_nearest_parent(const Source& source, const registry::KeyPath& path, registry::Tree& onto) {
    for (registry::KeyPath above = path.parent(); !above.is_root() && onto.find(above) == nullptr; above = above.parent()) {
        const auto content = source.read_alone(above);
        if (content && !content->is_link) {
            onto.create(above);
            break;
        }
        if (!content && content.error().code != ErrorCode::not_found) return std::unexpected(content.error());
    }
    return {};
}

}  // namespace

const registry::Coverage& Source::coverage() const {
    static const registry::Coverage whole;
    return whole;
}

Result<registry::Tree> snapshot(const Source& source, const std::vector<registry::Area>& areas, std::vector<Link>* links) {
    std::vector<Link> unread;
    registry::Tree tree;
    for (const registry::Area& area : areas) {
        const auto copied = copy(source, area.key, area.recursive, tree, links ? *links : unread);
        if (!copied) return std::unexpected(copied.error());
        if (*copied) continue;
        if (auto nearest = copy_nearest_parent(source, area.key, tree); !nearest) return std::unexpected(std::move(nearest.error()));
    }
    return tree;
}

}  // namespace schancfg::backend
