#include "schancfg/codec/intune.hpp"

#include "carrier_golden.hpp"
#include "shipped_sample.hpp"

using namespace schancfg;
using namespace carrier_golden;

namespace {

const registry::KeyPath& schannel_key() {
    static const registry::KeyPath key(registry::Root::local_machine, "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL");
    return key;
}

}  // namespace

TEST_CASE("The pair of every shipped profile is ASCII, fits into what Intune takes, and every path of it ends in exit 0 or 1", "[codec]") {
    for (const schannel::BuiltinProfile& shipped : test::shipped_profiles()) {
        for (const bool removal : {false, true}) {
            INFO(shipped.name);
            const auto carried = codec::encode_intune(input_of_shipped(shipped, {.removal = removal}));
            REQUIRE(carried);
            REQUIRE(carried->files.size() == 3);
            CHECK(carried->files[0].path == "detect.ps1");
            CHECK(carried->files[1].path == "discover.ps1");
            CHECK(carried->files[2].path == "remediate.ps1");
            for (const codec::CarrierFile& file : carried->files) {
                CHECK(file.bytes.size() <= codec::intune_max_script);
                CHECK(std::ranges::all_of(file.bytes, [](char c) { return c == '\r' || c == '\n' || (c >= ' ' && c <= '~'); }));
                CHECK((file.bytes.ends_with("exit 0\r\n") || file.bytes.ends_with("exit 1\r\n}\r\n")));
                // Whatever a line says of exit codes, it says 0 or 1.
                for (std::size_t at = file.bytes.find("exit "); at != std::string::npos; at = file.bytes.find("exit ", at + 1)) {
                    CHECK((file.bytes[at + 5] == '0' || file.bytes[at + 5] == '1'));
                }
                CHECK(file.bytes.find("Write-Error") == std::string::npos);
            }
            CHECK(carried->files[0].bytes.find("SetValue") == std::string::npos);
            CHECK(carried->files[1].bytes.find("SetValue") == std::string::npos);
        }
    }
}

TEST_CASE("A script that Intune would not take is an error and not a file", "[codec]") {
    const auto carried = codec::encode_intune(input_of_line(schannel_key(), "EventLogging", registry::Value::sz(std::string(210'000, 'x'))));
    REQUIRE_FALSE(carried);
    CHECK(carried.error().code == ErrorCode::unsupported);
}

TEST_CASE("The name of a profile stands in a script as text alone", "[codec]") {
    codec::CarrierInput input = input_of_line(schannel_key(), "EventLogging", registry::Value::dword(1));
    input.name = "it's \xC3\xA9 $(x)";
    const auto carried = codec::encode_intune(input);
    REQUIRE(carried);
    CHECK(carried->files[0].bytes.find("$title = 'schancfg it''s ? $(x) ") != std::string::npos);
}

TEST_CASE("The scripts of each shipped profile are those that were looked through", "[codec]") {
    const auto carried = codec::encode_intune(input_of_shipped(*schannel::find_builtin_profile("no-dh")));
    REQUIRE(carried);
    for (const codec::CarrierFile& file : carried->files) look("intune/no-dh." + file.path + ".txt", without_cr(file.bytes));
    look("intune/digests.txt", sizes_and_digests(codec::encode_intune));
}
