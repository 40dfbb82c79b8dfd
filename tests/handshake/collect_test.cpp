#include "schancfg/handshake/collect.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace schancfg;
using handshake::CauseClass;
using handshake::Collect;

namespace {

std::vector<Collect> for_text(std::string_view text) {
    const auto symptom = handshake::read_symptom(text);
    REQUIRE(symptom);
    return handshake::to_collect(&*symptom);
}

bool asks(const std::vector<Collect>& list, Collect what) { return std::ranges::find(list, what) != list.end(); }

}  // namespace

TEST_CASE("A text that nobody knows asks for events and both ends first", "[handshake]") {
    const auto list = handshake::to_collect(nullptr);
    REQUIRE_FALSE(list.empty());
    CHECK(list.front() == Collect::event_log);
    CHECK(asks(list, Collect::client_state));
    CHECK(asks(list, Collect::server_state));
}

TEST_CASE("Trust asks for the chain and the clocks, not for settings", "[handshake]") {
    const auto list = for_text("SEC_E_UNTRUSTED_ROOT");
    CHECK(asks(list, Collect::certificate_chain));
    CHECK(asks(list, Collect::clocks));
    CHECK_FALSE(asks(list, Collect::server_scan));
}

TEST_CASE("No common suite asks for a scan of the server", "[handshake]") {
    CHECK(asks(for_text("SEC_E_ALGORITHM_MISMATCH"), Collect::server_scan));
}

TEST_CASE("Nothing is asked for twice", "[handshake]") {
    for (const auto& message : handshake::known_messages()) {
        INFO(message.text);
        const auto symptom = handshake::read_symptom(message.text);
        if (!symptom) continue;
        auto list = handshake::to_collect(&*symptom);
        CHECK_FALSE(list.empty());
        std::ranges::sort(list);
        CHECK(std::ranges::adjacent_find(list) == list.end());
    }
}

TEST_CASE("Every reason is of a class, and revocation, trust and the network are told apart", "[handshake]") {
    const auto of = [](std::string_view id) {
        const auto* reason = handshake::find_reason(id);
        REQUIRE(reason != nullptr);
        return handshake::cause_class(*reason);
    };
    CHECK(of("revocation-not-checked") == CauseClass::revocation);
    CHECK(of("no-common-protocol") == CauseClass::settings);
    std::size_t settings = 0, others = 0;
    for (const auto& reason : handshake::reasons()) (handshake::cause_class(reason) == CauseClass::settings ? settings : others) += 1;
    CHECK(settings > others);
    CHECK(others > 0);
}
