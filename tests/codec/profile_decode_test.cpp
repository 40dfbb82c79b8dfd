#include "catch.hpp"
#include "profile_text.hpp"
#include "schancfg/registry/wanted.hpp"

using profile_text::Lines;
using profile_text::wanted;
using namespace schancfg;

TEST_CASE("Protocol words write both values of the roles they name", "[codec]") {
    CHECK(wanted(R"(format = 1
[protocols]
"SSL 3.0" = "disabled"
"TLS 1.1" = { client = "on-request", server = "disabled" }
"tls 1.2" = "enabled"
"TLS 1.3" = "default"
)") == Lines{
        R"(~\Protocols\SSL 3.0\Client DisabledByDefault = 1)", R"(~\Protocols\SSL 3.0\Client Enabled = 0)",
        R"(~\Protocols\SSL 3.0\Server DisabledByDefault = 1)", R"(~\Protocols\SSL 3.0\Server Enabled = 0)",
        R"(~\Protocols\TLS 1.1\Client DisabledByDefault = 1)", R"(~\Protocols\TLS 1.1\Client Enabled = 1)",
        R"(~\Protocols\TLS 1.1\Server DisabledByDefault = 1)", R"(~\Protocols\TLS 1.1\Server Enabled = 0)",
        R"(~\Protocols\TLS 1.2\Client DisabledByDefault = 0)", R"(~\Protocols\TLS 1.2\Client Enabled = 1)",
        R"(~\Protocols\TLS 1.2\Server DisabledByDefault = 0)", R"(~\Protocols\TLS 1.2\Server Enabled = 1)",
        R"(~\Protocols\TLS 1.3\Client DisabledByDefault = absent)", R"(~\Protocols\TLS 1.3\Client Enabled = absent)",
        R"(~\Protocols\TLS 1.3\Server DisabledByDefault = absent)", R"(~\Protocols\TLS 1.3\Server Enabled = absent)"});
}

TEST_CASE("Ciphers, hashes and key exchanges are switched with 0xffffffff and 0", "[codec]") {
    CHECK(wanted(R"(format = 1
[ciphers]
"RC4 128/128" = "disabled"
"aes 256/256" = "enabled"
[hashes]
MD5 = "disabled"
[key_exchange_algorithms]
Diffie-Hellman = { state = "enabled", client_min_bits = 1024, server_min_bits = 2048 }
PKCS = { client_min_bits = 2048 }
ECDH = "disabled"
)") == Lines{R"(~\Ciphers\AES 256/256 Enabled = 4294967295)", R"(~\Ciphers\RC4 128/128 Enabled = 0)",
             R"(~\Hashes\MD5 Enabled = 0)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman ClientMinKeyBitLength = 1024)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman Enabled = 4294967295)",
             R"(~\KeyExchangeAlgorithms\Diffie-Hellman ServerMinKeyBitLength = 2048)",
             R"(~\KeyExchangeAlgorithms\ECDH Enabled = 0)",
             R"(~\KeyExchangeAlgorithms\PKCS ClientMinKeyBitLength = 2048)"});
}

TEST_CASE("A vendor's one value comes out as exactly that", "[codec]") {
    CHECK(wanted("format = 1\nkey_exchange_algorithms.Diffie-Hellman.client_min_bits = 512\n") ==
          Lines{R"(~\KeyExchangeAlgorithms\Diffie-Hellman ClientMinKeyBitLength = 512)"});
}
