#include "schancfg/codec/sha256.hpp"

#include "catch.hpp"

using schancfg::codec::Sha256;

// Messages of NIST's examples (FIPS 180-4, "SHA256" in CSRC's example values) and of RFC 6234.
TEST_CASE("SHA-256 gives NIST's digests", "[codec]") {
    const auto digest = [](std::string_view text) {
        Sha256 sha;
        sha.update(text);
        return sha.finish();
    };
    CHECK(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 million;
    for (int i = 0; i < 1000; ++i) million.update(std::string(1000, 'a'));
    CHECK(million.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
