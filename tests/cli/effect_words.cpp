// How the values of an effect read.
#include "render/effect_words.hpp"

#include "catch.hpp"

namespace {

using namespace schancfg;
using cli::setting_words;
using cli::value_words;
using effect::Aspect;
using effect::SettingUnit;

}  // namespace

TEST_CASE("Numbers of settings read as what they count", "[words]") {
    CHECK(setting_words(36000000, SettingUnit::milliseconds) == "10 h");
    CHECK(setting_words(600000, SettingUnit::milliseconds) == "10 min");
    CHECK(setting_words(5000, SettingUnit::milliseconds) == "5 s");
    CHECK(setting_words(1500, SettingUnit::milliseconds) == "1500 ms");
    CHECK(setting_words(0, SettingUnit::milliseconds) == "off");
    CHECK(setting_words(7, SettingUnit::events) == "errors, warnings, information");
    CHECK(setting_words(6, SettingUnit::events) == "warnings, information");
    CHECK(setting_words(0, SettingUnit::events) == "none");
    CHECK(setting_words(8, SettingUnit::events) == "8");
    CHECK(setting_words(0x18, SettingUnit::hex) == "0x18");
    CHECK(setting_words(0, SettingUnit::hex) == "0x0");
    CHECK(setting_words(2, SettingUnit::yes_no) == "yes");
    CHECK(setting_words(0, SettingUnit::yes_no) == "no");
    CHECK(setting_words(0, SettingUnit::extended_master_secret) == "extended master secret on");
    CHECK(setting_words(1, SettingUnit::extended_master_secret) == "extended master secret off");
    CHECK(setting_words(0, SettingUnit::bytes) == "no fragmented messages");
    CHECK(setting_words(16384, SettingUnit::bytes) == "16384 bytes");
    CHECK(setting_words(20000, SettingUnit::elements) == "20000");
    CHECK(setting_words(std::nullopt, SettingUnit::elements) == "not documented");
}

TEST_CASE("Values of a difference read as what they are about", "[words]") {
    CHECK(value_words(Aspect::fips, true) == "on");
    CHECK(value_words(Aspect::remote_desktop, false) == "not reachable");
    CHECK(value_words(Aspect::sha512_signatures, true) == "offered");
    CHECK(value_words(Aspect::limit, effect::KeyLength{1024}) == "1024 bits");
    CHECK(value_words(Aspect::limit, effect::KeyLength{{}, true}) == "no limit");
    CHECK(value_words(Aspect::limit, effect::KeyLength{{}, false}) == "not documented");
    CHECK(value_words(Aspect::winhttp, effect::ProtocolNames{}) == "nothing");
    CHECK(value_words(Aspect::winhttp, effect::ProtocolNames{{"TLS 1.2", "TLS 1.3"}}) == "TLS 1.2, TLS 1.3");
    CHECK(value_words(Aspect::curve_order, effect::ListPlace{2, "NistP384"}) == "position 2: NistP384");
    CHECK(value_words(Aspect::suite, effect::Standing::not_listed) == "not listed");
    CHECK(value_words(Aspect::protocol, effect::ReachState::no_suite) == "no-suite");
    CHECK(value_words(Aspect::renegotiation, effect::RenegotiationAnswer{false}) == "refused");
    CHECK(value_words(Aspect::setting, std::monostate{}) == "not there");
    effect::EffectSubject subject;
    subject.aspect = Aspect::limit;
    subject.name = "Diffie-Hellman";
    subject.end = effect::LengthEnd::server_min;
    CHECK(cli::subject_words(subject) == "Diffie-Hellman server_min_bits");
    subject = {};
    subject.aspect = Aspect::dotnet;
    subject.version = "v4.0.30319";
    subject.view = effect::View::bits32;
    subject.target = "before 4.6";
    CHECK(cli::subject_words(subject) == ".NET v4.0.30319 view32, applications targeting before 4.6");
}
