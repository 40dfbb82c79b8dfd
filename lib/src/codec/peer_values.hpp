// The values of a peer file, each checked for its type and range; what is wrong goes to the report.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile_document.hpp"

namespace schancfg::codec {

inline constexpr std::array<std::string_view, 6> peer_hashes{"SHA512", "SHA384", "SHA256", "SHA224", "SHA1", "MD5"};

class PeerValues {
public:
    explicit PeerValues(profile::DocumentErrors& report) : report_(report) {}

    /// `out` stays as it is where the value is not text, or holds characters that cannot be seen.
    void text(std::string_view what, const profile::Node& value, bool may_have_lines, std::string& out);
    /// Those of a list that are strings.
    [[nodiscard]] std::vector<const profile::Node*> strings(std::string_view what, const profile::Node& value);
    /// `otherwise`: it is none.
    [[nodiscard]] bool boolean(std::string_view what, const profile::Node& value, bool otherwise);
    /// From 1 to `most`; 0: it is not.
    [[nodiscard]] int number(std::string_view what, const profile::Node& value, int most);
    /// The word as it stands in `words`, met without case; empty: it is none of them.
    [[nodiscard]] std::string_view one_of(std::string_view what, const profile::Node& value, std::span<const std::string_view> words);
    /// One of `peer_hashes`, of a string; empty: it is none of them.
    [[nodiscard]] std::string_view hash(const profile::Node& item, std::string_view what);

private:
    profile::DocumentErrors& report_;
};

/// Every name that a group goes by.
[[nodiscard]] std::vector<std::string_view> group_names();

}  // namespace schancfg::codec
