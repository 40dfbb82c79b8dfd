// What a profile says about itself: format, name, description, windows, extends, exact.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "profile_document.hpp"
#include "schancfg/schannel/profile.hpp"

namespace schancfg::codec::profile {

struct Base {
    std::string name;  ///< as written
    DocumentPlace place;
};
struct Head {
    std::string name, description;
    bool exact = false;
    std::vector<schannel::WindowsCondition> windows;
    std::vector<Base> bases;
};

inline constexpr std::string_view head_keys[] = {"format", "name", "description", "extends", "windows", "exact"};

/// False: the file is of another format, and nothing else in it can be judged.
[[nodiscard]] bool check_format(const Node& root, DocumentErrors& report);

/// `member` is one of `head_keys`.
void decode_head(const Member& member, Head& head, DocumentErrors& report);

}  // namespace schancfg::codec::profile
