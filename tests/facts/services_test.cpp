#include "schancfg/facts/services.hpp"

#include <set>
#include <string>

#include "catch.hpp"

using namespace schancfg::facts;

namespace {
Speaks speaks_at(std::string_view service, std::string_view release, std::string_view protocol) {
    return speaks(service_reach(find_service(service)->id, *find_release(release)), protocol);
}
}  // namespace

TEST_CASE("Every service has a row for every release, and every row its source", "[facts]") {
    std::set<std::string_view> words;
    for (const Service& each : services()) {
        CHECK(find_service(each.word) == &each);
        CHECK(find_service(each.name) == &each);
        CHECK(&service(each.id) == &each);
        CHECK(words.insert(each.word).second);
        for (const std::string_view alias : each.aliases) {
            CHECK(words.insert(alias).second);
            CHECK(find_service(alias) == &each);
        }
        for (const Release& release : releases()) {
            INFO(each.word << ' ' << release.id);
            CHECK(service_reach(each.id, release).service == each.id);
            CHECK(speaks(service_reach(each.id, release), "TLS 1.0") == Speaks::yes);
        }
    }
    for (const ServiceReach& row : service_reaches()) {
        INFO(service(row.service).word << ' ' << row.from);
        CHECK_FALSE(row.source.empty());
        if (!row.from.empty()) CHECK(find_release(row.from) != nullptr);
        if (!row.to.empty()) CHECK(find_release(row.to) != nullptr);
        CHECK((row.choice == ServiceChoice::up_to) == !row.newest.empty());
    }
}

TEST_CASE("Remote desktop of Server 2022 and Windows 11 21H2 ends at TLS 1.2, from 22H2 on it has TLS 1.3", "[facts]") {
    CHECK(speaks_at("rdp", "2022", "TLS 1.3") == Speaks::no);
    CHECK(speaks_at("rdp", "11-21h2", "TLS 1.3") == Speaks::no);
    CHECK(speaks_at("rdp", "2022", "TLS 1.2") == Speaks::yes);
    for (const char* release : {"11-22h2", "11-23h2", "11-24h2", "2025"}) CHECK(speaks_at("rdp", release, "TLS 1.3") == Speaks::yes);
}

TEST_CASE("Where nothing is documented of TLS 1.3, a service neither has it nor lacks it", "[facts]") {
    CHECK(speaks_at("ldaps", "2022", "TLS 1.3") == Speaks::not_known);
    CHECK(speaks_at("ldaps", "2025", "TLS 1.3") == Speaks::yes);
    CHECK(speaks_at("adfs-proxy", "2022", "TLS 1.3") == Speaks::not_known);
    CHECK(speaks_at("nps", "2022", "TLS 1.3") == Speaks::not_known);
    CHECK(speaks_at("iis", "2022", "TLS 1.3") == Speaks::yes);
    CHECK(service_reach(ServiceId::http, *find_release("2022")).trouble_13.starts_with("client certificates"));
    CHECK_FALSE(service_reach(ServiceId::adfs_proxy, *find_release("2022")).trouble_13.empty());
}

TEST_CASE("A misspelt service has a nearest word", "[facts]") {
    CHECK(find_service("rpd") == nullptr);
    CHECK(nearest_service("rpd") == "rdp");
    CHECK(nearest_service("terminal-servicse") == "rdp");
    CHECK(nearest_service("quake").empty());
}
