// Every scene with its answer, what is in the way, its causes and what fixes it, as a page to read: tests/golden/evenings.txt.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "handshake/scenes.hpp"

using namespace two_ends;

namespace {

std::string spelled(const registry::WantedValue& value) {
    std::string text = value.key.to_string();
    text.erase(0, text.find_last_of('\\', text.size() < 30 ? 0 : text.size() - 30) + 1);
    text.append(": ").append(value.name).append(" = ");
    if (!value.value) return text + "absent";
    if (const auto number = value.value->as_dword()) return text + std::to_string(*number);
    if (const auto names = value.value->as_strings()) return text + std::to_string(names->size()) + " names from " + names->front();
    const auto list = value.value->as_string();
    return text + (list ? list->substr(0, list->find(',')) + ", … (" + std::to_string(std::ranges::count(*list, ',') + 1) + ")" : std::string("data"));
}

void add_fix(std::string& page, const remedy::Fix& fix) {
    page.append("  fix: ").append(remedy::fix_kind_name(fix.kind)).append(", ").append(handshake::side_name(fix.side)).append(": ").append(fix.title);
    page.append(fix.weakens ? ", weakens" : "").append(fix.restart ? ", restart" : "").append("\n");
    if (!fix.text.empty()) page.append("    ").append(fix.text).append("\n");
    if (!fix.risk.empty()) page.append("    risk: ").append(fix.risk).append("\n");
    if (!fix.builtin.empty()) page.append("    shipped: ").append(fix.builtin).append("\n");
    for (const remedy::Condition& condition : fix.conditions) page.append("    if ").append(remedy::condition_text(condition)).append("\n");
    for (const std::string& update : fix.updates) page.append("    ").append(update).append("\n");
    for (const registry::WantedValue& value : fix.wanted.values) page.append("    ").append(spelled(value)).append("\n");
}

std::string page_of(const NamedScene& named) {
    const Scene scene = named.make();
    const handshake::Diagnosis diagnosis = diagnose(scene);
    const Agreement& agreement = diagnosis.agreement;
    std::string page = std::string(named.name) + "\n  " + dump(agreement) + ": " + agreement.message + "\n";
    for (const handshake::Blocker& blocker : agreement.blockers) {
        page.append("  in the way, ").append(handshake::side_name(blocker.side)).append(blocker.alone ? " alone: " : ": ").append(blocker.missing.name);
        for (const effect::Gate& gate : blocker.missing.gates) page.append(", ").append(gate.to_string());
        page.append("\n");
    }
    for (const handshake::Evidence& each : agreement.evidence) {
        page.append(each.decides ? "  > " : "    ").append(each.aspect).append(": ").append(each.client).append(" | ").append(each.server).append("\n");
    }
    for (const std::string& condition : agreement.provided) page.append("  provided ").append(condition).append("\n");
    for (const handshake::Question& question : agreement.questions) page.append("  ask: ").append(question.text).append(" ").append(question.command).append("\n");
    for (const handshake::Cause& cause : diagnosis.causes) page.append("  cause: ").append(cause.reason->id).append(" ").append(handshake::fit_name(cause.fit)).append(", ").append(cause.why).append("\n");
    for (const remedy::Fix& fix : fixes(scene, diagnosis)) add_fix(page, fix);
    return page;
}

}  // namespace

TEST_CASE("Every scene has its answer, its causes and its fixes as the page of them says", "[remedy]") {
    std::string text;
    for (const NamedScene& named : scenes()) text += page_of(named) + "\n";
    const std::string path = SCHANCFG_SOURCE_DIR "/tests/golden/evenings.txt";
    if (std::getenv("SCHANCFG_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << text;
    std::ifstream golden(path, std::ios::binary);
    const std::string held{std::istreambuf_iterator<char>(golden), {}};
    INFO(path << ": SCHANCFG_APPROVE=1 rewrites it");
    const auto [is, was] = std::ranges::mismatch(text, held);
    INFO("differs from: " << std::string(is, is + std::min<std::ptrdiff_t>(200, text.end() - is)));
    CHECK((text == held));
}
