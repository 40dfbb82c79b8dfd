#include "render/place.hpp"

#include "render/escape.hpp"

namespace schancfg::cli {

std::string show_place(const Span& place) {
    if (place.file.empty()) return {};
    std::string out = escape(place.file);
    if (place.line) out += ':' + std::to_string(place.line);
    return out;
}

}  // namespace schancfg::cli
