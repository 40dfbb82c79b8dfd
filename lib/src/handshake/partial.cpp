#include <algorithm>
#include <iterator>

#include "handshake/details.hpp"
#include "schancfg/handshake/symptoms.hpp"
#include "schancfg/text.hpp"

namespace schancfg::handshake {
namespace {

bool has(const End& end, effect::Area area) { return std::ranges::find(end.assumed, area) != end.assumed.end(); }

Question question_of_rest(const End& end, Side side) {
    std::vector<std::string> names;
    names.reserve(end.assumed.size());
    for (const effect::Area area : end.assumed) names.emplace_back(effect::area_name(area));
    Question question;
    question.side = side;
    question.text = "what is set on " + shorten(end.label) + " besides what is in this file: " + joined(names) + "?";
    const bool lists = has(end, effect::Area::policy_lists) || has(end, effect::Area::local_lists);
    question.command = lists ? "powershell Get-TlsCipherSuite" : R"(reg query HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL /s)";
    return question;
}

std::vector<effect::Area> joined_areas(const End& client, const End& server) {
    std::vector<effect::Area> areas = client.assumed;
    areas.insert(areas.end(), server.assumed.begin(), server.assumed.end());
    std::ranges::sort(areas);
    const auto [first, last] = std::ranges::unique(areas);
    areas.erase(first, last);
    return areas;
}

/// `a.reg`, `a.reg and b.reg`
std::string partial_labels(const End& client, const End& server) {
    std::vector<std::string> labels;
    for (const End* end : {&client, &server}) {
        if (!end->assumed.empty()) labels.push_back(shorten(end->label));
    }
    return joined(labels);
}

}  // namespace

Diagnosis diagnose_partly(const End& client, const End& server, const End& installed_client, const End& installed_server, const Symptom* symptom) {
    Diagnosis known = diagnose(client, server, symptom);
    known.agreement.assumed = joined_areas(client, server);
    if (known.agreement.assumed.empty() || known.agreement.verdict == Verdict::agree) return known;
    Diagnosis result = diagnose(installed_client, installed_server, symptom);
    Agreement& agreement = result.agreement;
    if (known.agreement.verdict == Verdict::disagree) {
        // They fail in every case; why is said of the one that people have before them.
        if (agreement.verdict != Verdict::disagree) return known;
        agreement.assumed = std::move(known.agreement.assumed);
        return result;
    }
    const std::string as_installed = agreement.verdict == Verdict::disagree ? "they can't agree: " + agreement.message : agreement.message;
    if (agreement.verdict != Verdict::unknown) {
        agreement.message = "not known: it rests on what is not in " + partial_labels(client, server) + "; as installed " + as_installed;
        agreement.verdict = Verdict::unknown;
    }
    if (agreement.reason == nullptr) agreement.reason = known.agreement.reason;
    agreement.assumed = std::move(known.agreement.assumed);
    agreement.evidence = std::move(known.agreement.evidence);
    std::vector<Question> questions;
    if (!client.assumed.empty()) questions.push_back(question_of_rest(client, Side::client));
    if (!server.assumed.empty()) questions.push_back(question_of_rest(server, Side::server));
    std::ranges::move(agreement.questions, std::back_inserter(questions));
    agreement.questions = std::move(questions);
    // Nothing is ruled out or shown by what was not read.
    result.causes = symptom == nullptr ? std::vector<Cause>{} : std::move(known.causes);
    return result;
}

}  // namespace schancfg::handshake
