// Editor: many changes to a Tree, in time linear (times a logarithm) in their number.
//
// Key::set_value and Key::child are made for a few changes: they search and shift. An Editor keeps its place in the tree,
// so that keys in the order of an export cost nothing to find, and it indexes keys that hold very much. While it lives, the
// tree is in between: look at it after `finish`. It knows nothing of files. An Editor and its Tree belong to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schancfg/registry/key_path.hpp"
#include "schancfg/registry/tree.hpp"

namespace schancfg::registry {

class Editor {
public:
    /// `tree` must outlive the editor and is changed by nobody else meanwhile.
    explicit Editor(Tree& tree);
    ~Editor();
    Editor(const Editor&) = delete;
    Editor& operator=(const Editor&) = delete;

    /// Makes the key with all missing parents; it becomes the current one. `path` as in KeyPath's constructor.
    void open(Root root, std::string_view path);
    /// The same for a key that exists; otherwise no key is current. Returns whether it was there.
    bool open_existing(Root root, std::string_view path);
    /// Is there a current key? There is none at first, and after `erase_key` and `finish`.
    [[nodiscard]] bool is_open() const { return current_ != nullptr; }

    /// The following work on the current key, which there must be. Returns whether there was a value of that name, which then
    /// keeps its place and spelling.
    bool set_value(std::string_view name, Value value);
    /// Returns whether there was one.
    bool erase_value(std::string_view name);
    void erase_all_values();

    /// Removes the key and all below it; returns whether it was there. A root is emptied.
    bool erase_key(Root root, std::string_view path);

    /// Brings the tree in order. Called by the destructor too.
    void finish();

private:
    struct Index;
    struct Step {
        Key* key;
        std::size_t end;  // of this key's path in path_
    };

    Key* walk(Root root, std::string_view path, bool make);
    Key* find_or_make_child(Key& parent, std::string_view name, bool make);
    void enter(Key* key);
    void leave();
    void forget(const Key& key);
    [[nodiscard]] Index* find_index(const Key& key);
    Index& index_of(Key& key);
    [[nodiscard]] std::size_t find_value(std::string_view name);

    Tree& tree_;
    Root root_ = Root::local_machine;
    std::string path_;          // of the innermost step
    std::vector<Step> steps_;   // the root first
    Key* current_ = nullptr;
    Index* current_index_ = nullptr;
    std::vector<NamedValue> spare_;  // room in which the values of a new key are gathered
    bool gathering_ = false;         // the current key was empty when it was opened
    std::unordered_map<const Key*, std::unique_ptr<Index>> indexes_;
};

}  // namespace schancfg::registry
