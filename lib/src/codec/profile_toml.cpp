// The one place that knows toml++. It throws on bad input; that ends here. TOML_EXCEPTIONS stays as it is: the throwing and the
// non-throwing build of toml++ have different ABI names.
//
// toml++ 3.3 asserts what some texts break (`a = [}`, `a = 1979-05-27 0`), and compiles the assertions into assumptions where
// NDEBUG is set. Here they are always checked, and a broken one is an exception: the text is no TOML.
namespace schancfg::codec::profile {
struct BrokenAssertion {};
}  // namespace schancfg::codec::profile
#undef NDEBUG
#define TOML_ASSERT(expression) \
    static_cast<void>(static_cast<bool>(expression) ? 0 : throw schancfg::codec::profile::BrokenAssertion{})
// A few of them stand in functions that are noexcept; none of those depends on the text alone.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wterminate"
#endif
#include <toml++/toml.h>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <algorithm>

#include "profile_document.hpp"

namespace schancfg::codec::profile {
namespace {

Place place_of(const toml::source_region& region) { return {std::max(region.begin.line, 1u), std::max(region.begin.column, 1u)}; }

Node convert(const toml::node& from) {
    Node node;
    node.place = place_of(from.source());
    if (const auto* table = from.as_table()) {
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : *table) {
            node.members.push_back({std::string(key.str()), place_of(key.source()), convert(value)});
        }
        // toml++ sorts by name.
        std::ranges::stable_sort(node.members, {}, &Member::place);
    } else if (const auto* array = from.as_array()) {
        node.kind = Node::Kind::array;
        for (const toml::node& item : *array) node.items.push_back(convert(item));
    } else if (const auto* text = from.as_string()) {
        node.kind = Node::Kind::string;
        node.text = text->get();
    } else if (const auto* number = from.as_integer()) {
        node.kind = Node::Kind::integer;
        node.number = number->get();
    } else if (const auto* flag = from.as_boolean()) {
        node.kind = Node::Kind::boolean;
        node.number = flag->get() ? 1 : 0;
    }
    return node;
}

// The parser's own messages quote the text, and a file that is no profile may hold anything.
std::pair<std::string, std::string> explain(std::string_view description) {
    const auto says = [&](std::string_view words) { return description.find(words) != std::string_view::npos; };
    if (says("cannot redefine") || says("cannot insert")) {
        return {"a key or table is given twice", "a name may stand once in a table, and a table once in a file"};
    }
    if (says("encountered end-of-file")) return {"the text ends in the middle of something", "close what is open"};
    if (says("not representable")) return {"the number is too large", "a registry number has at most 64 bits"};
    return {"this is no TOML", "a profile is a TOML 1.0 file"};
}

}  // namespace

namespace {

// The first line with which the parser breaks an assertion. It reads from front to back, so more text changes nothing.
Place find_broken_line(std::string_view text) {
    std::vector<std::size_t> ends;
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ends.push_back(at + 1);
    if (ends.empty() || ends.back() != text.size()) ends.push_back(text.size());
    const auto breaks = [&](std::size_t end) {
        try {
            (void)toml::parse(text.substr(0, end));
        } catch (const toml::parse_error&) {
        } catch (const BrokenAssertion&) {
            return true;
        }
        return false;
    };
    const auto first = std::ranges::partition_point(ends, [&](std::size_t end) { return !breaks(end); });
    return {static_cast<std::uint32_t>(first - ends.begin()) + 1, 1};
}

}  // namespace

bool parse_document(std::string_view text, Node& root, Report& report) {
    try {
        root = convert(toml::parse(text));
        return true;
    } catch (const toml::parse_error& error) {
        auto [message, fix] = explain(error.description());
        report.error(place_of(error.source()), "profile-syntax", std::move(message), std::move(fix));
        return false;
    } catch (const BrokenAssertion&) {
        auto [message, fix] = explain({});
        report.error(find_broken_line(text), "profile-syntax", std::move(message), std::move(fix));
        return false;
    }
}

}  // namespace schancfg::codec::profile
