#include "handshake/choices.hpp"

#include <algorithm>
#include <set>

namespace schancfg::handshake {
namespace {

Choice judge_choice(const Offer& client, const Offer& server, std::size_t version, const OfferedSuite& of_client, const OfferedSuite& of_server) {
    Choice choice;
    choice.server = &of_server;
    if (!of_client.sure || !of_server.sure) choice.possible = Answer::unknown;
    const Exchange exchange = of_server.traits.exchange;
    if (exchange == Exchange::ecdhe || exchange == Exchange::tls13) {
        choice.group = common_group(client, server, version, of_server);
        if (choice.group.answer == Answer::no) {
            choice.possible = Answer::no;
            choice.obstacle = Choice::Obstacle::group;
        } else if (choice.group.answer == Answer::unknown) {
            if (choice.possible == Answer::yes) choice.obstacle = Choice::Obstacle::group;  // else the suite is the first question
            choice.possible = Answer::unknown;
        }
    }
    return choice;
}

class SuiteChoice {
public:
    SuiteChoice(const Offer& client, const Offer& server, std::size_t version)
        : client_(client), server_(server), version_(version), ours_(client.at(version)), theirs_(server.at(version)) {}

    Choices choose() {
        // A client's list is in its order, anyone who picks.
        const bool by_client = theirs_.preference == Preference::client;
        found_.ordered = by_client || theirs_.preference == Preference::server;
        found_.open = !ours_.complete && !theirs_.complete;
        const OfferedProtocol& first = by_client ? ours_ : theirs_;
        const OfferedProtocol& second = by_client ? theirs_ : ours_;
        // Where the list of who picks is not complete, a suite of the other may stand anywhere in it.
        if (!first.complete) {
            for (const OfferedSuite& suite : second.suites) {
                if (first.find(suite).empty()) add_untested(suite);
            }
        }
        for (const OfferedSuite& suite : first.suites) {
            const auto others = second.find(suite);
            if (others.empty()) {
                if (!second.complete) add_untested(suite);
            } else if (by_client) {
                for (const std::uint32_t at : others) add(suite, second.suites[at]);
            } else {
                // Of the client's entries one that is sure is enough.
                const auto sure = std::ranges::find_if(others, [&](std::uint32_t at) { return second.suites[at].sure; });
                add(second.suites[sure == others.end() ? others.front() : *sure], suite);
            }
        }
        return std::move(found_);
    }

private:
    /// A client with a curve in each name lists a suite more than once, and a server then has each with its curve.
    bool is_fresh(const OfferedSuite& of_server) {
        const bool carries_curve = server_.end().kind == EndKind::windows;
        return seen_.emplace(of_server.id, of_server.id == 0 ? of_server.name : carries_curve ? of_server.group : std::string_view{}).second;
    }

    void add(const OfferedSuite& of_client, const OfferedSuite& of_server) {
        if (is_fresh(of_server)) found_.all.push_back(judge_choice(client_, server_, version_, of_client, of_server));
    }

    /// One end has it, and of the other that is not known.
    void add_untested(const OfferedSuite& suite) {
        OfferedSuite& copy = found_.untested.emplace_back(suite);
        copy.sure = false;
        if (server_.end().kind != EndKind::windows) {
            copy.group = {};
            if (server_.at(version_).find(suite).empty()) copy.dh_bits = 0;
        }
        add(copy, copy);
    }

    const Offer& client_;
    const Offer& server_;
    std::size_t version_;
    const OfferedProtocol& ours_;
    const OfferedProtocol& theirs_;
    std::set<std::pair<std::uint32_t, std::string_view>> seen_;
    Choices found_;
};

}  // namespace

Choices choices(const Offer& client, const Offer& server, std::size_t version) { return SuiteChoice(client, server, version).choose(); }

}  // namespace schancfg::handshake
