#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "profile_document.hpp"
#include "profile_head.hpp"
#include "profile_raw.hpp"
#include "profile_sections.hpp"
#include "profile_words.hpp"
#include "schancfg/codec/profile_toml.hpp"
#include "schancfg/nearest.hpp"
#include "schancfg/schannel/builtin.hpp"
#include "schancfg/schannel/settings.hpp"
#include "schancfg/schannel/spelling.hpp"
#include "schancfg/utf.hpp"
#include "schancfg/codec/sha256.hpp"
#include "schancfg/text.hpp"

namespace schancfg::codec {
namespace {

using namespace profile;

constexpr std::size_t max_files = 256;

void unknown_section(const Member& member, DocumentErrors& report) {
    std::vector<std::string_view> candidates(std::begin(head_keys), std::end(head_keys));
    for (const schannel::PathNode& child : schannel::setting_paths().children) candidates.push_back(child.word);
    candidates.emplace_back("registry");
    unknown_word(report, member.place, "unknown key", member.key, candidates);
}

// Entries of one file: the line with more detail wins, and two lines of equal detail about one value are an error.
std::vector<schannel::Entry> settle(Drafts drafts, DocumentErrors& report) {
    std::ranges::stable_sort(drafts, {}, &Draft::place);
    std::map<std::string, std::size_t> winners;
    std::optional<DocumentPlace> reported;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const schannel::Entry& entry = drafts[i].entry;
        const std::string id = utf::fold_case(entry.key.to_string()) + '\n' + utf::fold_case(entry.value_name);
        const auto [found, is_new] = winners.emplace(id, i);
        if (is_new) continue;
        const Draft& first = drafts[found->second];
        if (first.detail != drafts[i].detail && !entry.raw && !first.entry.raw) {
            if (drafts[i].detail > first.detail) found->second = i;
        } else if (reported != drafts[i].place) {
            // One line may be about several values; it is named once.
            reported = drafts[i].place;
            report.error(drafts[i].place, "profile-duplicate",
                         shorten(entry.key.to_string(), 300) + " " + quote(entry.value_name) +
                             " is given twice, first in line " + std::to_string(first.place.line),
                         "keep one of them");
        }
    }
    std::vector<schannel::Entry> entries;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const schannel::Entry& entry = drafts[i].entry;
        const std::string id = utf::fold_case(entry.key.to_string()) + '\n' + utf::fold_case(entry.value_name);
        if (winners.at(id) == i) entries.push_back(std::move(drafts[i].entry));
    }
    return entries;
}

// One file, without what it extends.
struct File {
    Head head;
    schannel::Layer layer;
    std::string text;
    bool readable = false;  ///< false: it is not TOML, or of another format
};

File decode_file(std::string text, const std::string& id, DocumentErrors& report) {
    File file;
    file.layer.file = id;
    Node root;
    std::string_view body = text;
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);  // Windows' editors begin UTF-8 with it; columns count without it
    if (check_text(body, report) && parse_document(body, root, report) && check_format(root, report)) {
        file.readable = true;
        Drafts drafts;
        for (const Member& member : root.members) {
            if (std::ranges::find(head_keys, member.key) != std::end(head_keys)) {
                decode_head(member, file.head, report);
            } else if (member.key == "registry") {
                decode_registry(member, report, drafts);
            } else if (const schannel::PathNode* node = schannel::setting_paths().find(member.key)) {
                decode_section(*node, member, report, drafts);
            } else {
                unknown_section(member, report);
            }
        }
        file.layer.entries = settle(std::move(drafts), report);
        file.layer.name = file.head.name;
    }
    file.text = std::move(text);
    return file;
}

// Follows `extends`. Every file is read and reported once, however often it is extended.
class Expansion {
public:
    explicit Expansion(const Load& load) : load_(load) {}

    // The files whose layers make up `id`, in the order of precedence, `id` last.
    struct Expanded {
        std::vector<std::size_t> files;
        int height = 0;  // how many levels of `extends` are below it
    };
    const Expanded& expand(std::string text, const std::string& id) {
        chain_.push_back(id);
        DocumentErrors report(id);
        const std::size_t index = files_.size();
        files_.push_back(std::make_unique<File>(decode_file(std::move(text), id, report)));
        Expanded mine;
        for (const Base& base : files_[index]->head.bases) {
            const Expanded* other = expand_base(base, id, report);
            if (other == nullptr) continue;
            schannel::Layer& named = files_[other->files.back()]->layer;
            if (named.extended_at.file.empty()) named.extended_at = {id, base.place.line, base.place.column};
            // A file that comes in twice counts where it comes in last: there its values override the rest anyway.
            std::erase_if(mine.files, [&](std::size_t file) { return std::ranges::count(other->files, file) != 0; });
            mine.files.insert(mine.files.end(), other->files.begin(), other->files.end());
            mine.height = std::max(mine.height, other->height + 1);
        }
        mine.files.push_back(index);
        Diagnostics found = report.take();
        diagnostics_.insert(diagnostics_.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
        chain_.pop_back();
        return done_[id] = std::move(mine);
    }

    [[nodiscard]] const File& file(std::size_t index) const { return *files_[index]; }
    /// Those that say `exact = true`, and all that they extend.
    [[nodiscard]] std::set<std::size_t> exact_files() const {
        std::set<std::size_t> exact;
        for (const auto& [id, expanded] : done_) {
            if (file(expanded.files.back()).head.exact) exact.insert(expanded.files.begin(), expanded.files.end());
        }
        return exact;
    }
    [[nodiscard]] Diagnostics take_diagnostics() { return std::move(diagnostics_); }

private:
    const Expanded* expand_base(const Base& base, const std::string& from, DocumentErrors& report) {
        const auto fail = [&](std::string message, std::string fix) {
            report.error(base.place, "profile-extends", std::move(message), std::move(fix));
            return nullptr;
        };
        if (++loads_ > max_files) {
            if (loads_ > max_files + 1) return nullptr;
            return fail("this is the 257th file to be read for one profile", "extend fewer files");
        }
        LoadedText loaded;
        if (schannel::is_builtin_name(base.name)) {
            const schannel::BuiltinProfile* builtin = schannel::find_builtin_profile(base.name);
            if (builtin == nullptr) {
                const std::string_view near = nearest(base.name, schannel::builtin_profiles(), &schannel::BuiltinProfile::name);
                return fail("there is no built-in profile " + quote(base.name),
                            near.empty() ? "a file is named with its extension: \"./mine.toml\""
                                         : "did you mean " + quote(near) + "?");
            }
            loaded = {"built-in:" + base.name, std::string(builtin->text)};
        } else {
            auto answer = load_ ? load_(base.name, from) : Result<LoadedText>(fail_to_load());
            if (!answer) {
                const bool missing = answer.error().code == ErrorCode::not_found;
                return fail("cannot extend " + quote(base.name) + ": " + answer.error().message,
                            missing ? "name a shipped profile, or a file relative to this one" : "");
            }
            loaded = std::move(*answer);
        }
        if (std::ranges::find(chain_, loaded.id) != chain_.end()) {
            return fail("these profiles extend each other: " + chain_to(loaded.id), "take one of them out of the circle");
        }
        if (const auto known = done_.find(loaded.id); known != done_.end()) {
            if (static_cast<int>(chain_.size()) + known->second.height <= profile_max_depth) return &known->second;
            return fail(too_deep(loaded.id), "extend fewer levels");
        }
        if (static_cast<int>(chain_.size()) > profile_max_depth) return fail(too_deep(loaded.id), "extend fewer levels");
        return &expand(std::move(loaded.text), loaded.id);
    }

    static std::unexpected<Error> fail_to_load() {
        return schancfg::fail(ErrorCode::not_found, "files are not read here");
    }

    // a -> b -> a, from where the circle begins.
    [[nodiscard]] std::string chain_to(const std::string& id) const {
        std::string text;
        for (auto at = std::ranges::find(chain_, id); at != chain_.end(); ++at) text += shorten(*at, 300) + " -> ";
        return text + shorten(id, 300);
    }
    [[nodiscard]] std::string too_deep(const std::string& id) const {
        std::string text = "more than " + std::to_string(profile_max_depth) + " levels extend each other: ";
        for (const std::string& link : chain_) text += shorten(link, 300) + " -> ";
        return text + shorten(id, 300);
    }

    const Load& load_;
    std::vector<std::unique_ptr<File>> files_;
    std::map<std::string, Expanded> done_;
    std::vector<std::string> chain_;
    std::size_t loads_ = 1;
    Diagnostics diagnostics_;
};

}  // namespace

Decoded<schannel::Profile> decode_profile(std::string_view text, std::string_view id, const Load& load) {
    Expansion expansion(load);
    const Expansion::Expanded& all = expansion.expand(std::string(text), std::string(id));
    Decoded<schannel::Profile> decoded;
    decoded.diagnostics = expansion.take_diagnostics();
    if (has_errors(decoded.diagnostics)) return decoded;

    schannel::Profile profile;
    const Head& head = expansion.file(all.files.back()).head;
    profile.file = id;
    profile.name = head.name;
    profile.description = head.description;
    profile.windows = head.windows;
    Sha256 sha256;
    const std::set<std::size_t> exact = expansion.exact_files();
    for (const std::size_t index : all.files) {
        profile.layers.push_back(expansion.file(index).layer);
        profile.layers.back().exact = exact.contains(index);
        sha256.update(expansion.file(index).text);
    }
    profile.sha256 = sha256.finish();
    decoded.value = std::move(profile);
    return decoded;
}

}  // namespace schancfg::codec
