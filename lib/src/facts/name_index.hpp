// Which row goes by a name, without case: sorted once, then looked up in logarithmic time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace schancfg::facts {

class NameIndex {
public:
    /// Names are ASCII. Of two rows of one name the first is found.
    void add(std::string_view name, std::size_t row);
    /// After the last `add`, before the first `find`.
    void sort();
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

private:
    struct Entry {
        std::string name;  // upper case
        std::size_t row = 0;
    };
    std::vector<Entry> entries_;
    std::size_t longest_ = 0;
};

}  // namespace schancfg::facts
