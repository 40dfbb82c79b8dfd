#include "inputs/outputs.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "schancfg/backend/open.hpp"
#include "schancfg/files/folder.hpp"
#include "schancfg/files/path.hpp"

namespace schancfg::cli {
namespace {

constexpr std::array outputs{"output", "save", "fix-out", "backup"};
constexpr std::array inputs{"target", "from", "to", "client", "server", "peers", "mapping", "waivers", "baseline", "resume", "usage"};
constexpr std::array schemes{"reg:", "memory:", "scan:", "profile:", "hive:", "gpo:"};

struct Input {
    std::string word;                ///< as it was given
    std::vector<std::string> paths;  ///< files or folders that it may mean
};

// `memory:a.json@2022`, `scan:a.xml#host`, `hive:A,B`: with what follows a name and without it, since a name may hold the sign.
Input input_of(const std::string& word, bool may_be_built_in) {
    Input out{word, {}};
    std::string_view rest = word;
    bool is_spelled = false;
    for (const std::string_view scheme : schemes) {
        if (!rest.starts_with(scheme)) continue;
        rest.remove_prefix(scheme.size());
        is_spelled = true;
        break;
    }
    // A word without extension and separator is what is built in, whatever lies in the folder.
    if (may_be_built_in && !is_spelled && rest.find_first_of("./\\") == std::string_view::npos) return out;
    const auto add = [&](std::string_view path) {
        if (!path.empty()) out.paths.emplace_back(path);
    };
    add(rest);
    for (const char sign : {'@', '#'}) add(rest.substr(0, rest.rfind(sign)));
    for (std::size_t comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
        add(rest.substr(0, comma));
        rest.remove_prefix(comma + 1);
        add(rest);
    }
    return out;
}

// A file that is not there yet is the same by its place.
bool is_same(const std::string& one, const std::string& other) {
    return files::is_same_file(one, other) || (!files::is_folder(other) && files::full_path(one) == files::full_path(other));
}

bool lies_in(const std::string& file, const std::string& folder) {
    const std::string whole = files::full_path(file);
    const std::string parent = whole.substr(0, std::max<std::size_t>(whole.find_last_of("/\\"), 1));
    return files::is_folder(folder) && files::exists(file) && !files::is_folder(file) && files::is_same_file(parent, folder);
}

// What a profile extends is read with it.
Outcome<void> check_extended(const std::string& option, const std::string& file, const Input& input) {
    for (const std::string& path : input.paths) {
        if (!files::exists(path) || files::is_folder(path)) continue;
        for (const std::string& extended : backend::extended_files(path)) {
            if (!is_same(file, extended)) continue;
            return usage("--" + option + ' ' + file + " would replace " + extended + ", which " + input.word + " extends; name another file");
        }
    }
    return {};
}

}  // namespace

Outcome<void> check_outputs(const Options& options) {
    std::vector<Input> read;
    for (const std::string& word : options.operands()) read.push_back(input_of(word, true));
    for (const char* option : inputs) {
        for (const std::string& word : options.values(option)) read.push_back(input_of(word, false));
    }
    std::vector<std::string> written;
    for (const char* option : outputs) {
        const auto file = options.value(option);
        if (!file || file->empty() || *file == "-") continue;
        for (const Input& input : read) {
            for (const std::string& path : input.paths) {
                const bool same = is_same(*file, path);
                if (!same && !lies_in(*file, path)) continue;
                return usage("--" + std::string(option) + ' ' + *file + (same ? " would replace the input " : " would replace a file of the input ") + input.word +
                             "; name another file");
            }
            // Nothing is lost in a file that is not there yet.
            if (!files::exists(*file)) continue;
            if (auto allowed = check_extended(option, *file, input); !allowed) return allowed;
        }
        for (const std::string& other : written) {
            if (is_same(*file, other)) return usage("--" + std::string(option) + " and another option name the same file " + *file);
        }
        written.push_back(*file);
    }
    return {};
}

}  // namespace schancfg::cli
