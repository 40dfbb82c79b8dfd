#include "render/footnotes.hpp"

#include "console/columns.hpp"
#include "render/escape.hpp"
#include "render/page.hpp"

namespace schancfg::cli {
namespace {

std::string mark_of(std::size_t place) { return '*' + (place == 0 ? std::string{} : std::to_string(place + 1)); }

// Raw. What nobody documents is said to be so, and never to be otherwise.
std::string text_of(const effect::Basis& basis) {
    std::string sources;
    for (const std::string_view source : basis.sources()) (sources += sources.empty() ? "" : " / ") += source;
    std::string out;
    if (!basis.stated.empty()) {
        out = "stated: " + std::string(basis.stated);
    } else if (!basis.alternative.empty()) {
        out = "another answer: " + std::string(basis.alternative);
    }
    if (!basis.note.empty()) (out += out.empty() ? "" : "; ") += basis.note;
    if (sources.empty()) return out.empty() ? "not documented" : "not documented: " + out;
    return (out.empty() ? "not documented beyond this" : out) + " (" + sources + ')';
}

}  // namespace

std::string Footnotes::mark(const effect::Basis& basis) {
    if (basis.undisputed()) return {};
    const auto [at, added] = numbers_.try_emplace(text_of(basis), order_.size() + 1);
    if (added) order_.push_back(&at->first);
    return ' ' + mark_of(at->second - 1);
}

std::string Footnotes::text(std::size_t columns) const {
    std::string out;
    for (std::size_t i = 0; i < order_.size(); ++i) out += paragraph(mark_of(i) + "  ", escape(*order_[i]), columns);
    return out.empty() ? out : "\nNot certain:\n" + out;
}

std::string Footnotes::markdown() const {
    std::string out;
    for (std::size_t i = 0; i < order_.size(); ++i) out += "\n- " + markdown_text(mark_of(i) + ' ' + *order_[i]);
    return out.empty() ? out : "\nNot certain:\n" + out + '\n';
}

std::string Footnotes::html() const {
    std::string out;
    for (std::size_t i = 0; i < order_.size(); ++i) out += html_paragraph(mark_of(i) + ' ' + *order_[i], "faint");
    return out.empty() ? out : html_heading("Not certain") + out;
}

}  // namespace schancfg::cli
