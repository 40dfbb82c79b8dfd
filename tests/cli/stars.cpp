// Every mark of a doubt leads to its sources.
#include <set>

#include "catch.hpp"
#include "effect/generated.hpp"
#include "render/effect.hpp"

namespace {

using namespace schancfg;

/// The marks that stand in `text`, as ` *` or ` *2`.
std::set<std::string> marks(const std::string& text) {
    std::set<std::string> found;
    for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*', at + 1)) {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        found.insert(text.substr(at, end - at));
    }
    return found;
}

}  // namespace

TEST_CASE("Every star that status shows has a footnote with a source, or says that nothing is documented", "[words][law]") {
    test::States states(3);
    std::size_t shown = 0;
    for (int round = 0; round < test::law_states(150); ++round) {
        const auto [release, tree] = states.next();
        const effect::Effect effect = effect::evaluate(tree, *release);
        INFO("state " << round << " on " << release->id);
        for (const bool all : {false, true}) {
            const std::string text = cli::effect_text(effect, cli::Sheet{}, all);
            const std::size_t start = text.find("\nNot certain:\n");
            const std::set<std::string> used = marks(text.substr(0, start));
            if (start == std::string::npos) {
                CHECK(used.empty());
                continue;
            }
            std::set<std::string> explained;
            std::size_t line = start + 14;
            while (line < text.size() && text[line] == '*') {
                std::size_t end = line;
                do {
                    end = text.find('\n', end) + 1;
                } while (end < text.size() && text[end] == ' ');
                const std::string note = text.substr(line, end - line);
                explained.insert(note.substr(0, note.find(' ')));
                INFO(note);
                CHECK((note.find('(') != std::string::npos || note.find("not documented: ") != std::string::npos));
                CHECK(note.find("does not exist") == std::string::npos);
                line = end;
            }
            CHECK(used == explained);
            shown += used.size();
        }
    }
    CHECK(shown > 300);
}
