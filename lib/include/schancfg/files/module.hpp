// The files of a WebAssembly module, which has no disk: those that its host gives it, and those that it writes. Only where the engine is built as a
// module (preset `wasm`), which is one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace schancfg::files {

/// The folder in which relative names lie; absolute, without a `/` at its end. Empty, as at the beginning: names are what they are, and full_path
/// gives them back.
void set_working_folder(std::string folder);
/// A file that is there from now on, in place of one of that name.
void give_file(std::string_view path, std::string bytes);
/// Such a file of `size` bytes, which the caller writes to what is returned before anything else is called: a large one is copied once.
[[nodiscard]] char* make_file(std::string_view path, std::size_t size);
/// Folders need not be given for the files in them; an empty one is there by this alone.
void give_folder(std::string_view path);
/// What a file holds; valid until it is written, given again or taken. nullopt: there is none.
[[nodiscard]] std::optional<std::string_view> look_at_file(std::string_view path);
/// What a file holds, which is gone then; nullopt: there is none.
[[nodiscard]] std::optional<std::string> take_file(std::string_view path);
/// All files and folders go.
void forget_files();

}  // namespace schancfg::files
