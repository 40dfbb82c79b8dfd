#include "schancfg/codec/gzip.hpp"

#include "catch.hpp"

using namespace schancfg;

namespace {

std::string bytes_of(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return out;
}

// Made by Python's gzip: "hello hello hello hello\n", stored, with fixed codes, and (a text with all letters) with codes of its own.
const std::string fixed_codes = bytes_of("1f8b0800000000000203cb48cdc9c957c84027b9000088590b18000000");
const std::string stored = bytes_of("1f8b0800000000000403011800e7ff68656c6c6f2068656c6c6f2068656c6c6f2068656c6c6f0a0088590b18000000");
const std::string own_codes = bytes_of("1f8b08000000000002035d9659421b300c44ff390547f0be1ca734a1d00261494b9bd337b6662c197d61115a29f324cdd3e3cbf1d6dd9eee6f6f9ec68fddf7f1b893578b6dbcbe7f9767cd"
    "753c0f8783bc4b2de37dbc862472cf23713f02199f46e6c70c49a51847ea4142723187917b444832543f923f1992f57d96fb6b05d2ae6b176196fd8c96d2acfae5053d9559f4e97442536d"
    "d6fc7a0d24dc2cf96d04fa0cb3e2f719e82bcd823f24d05899f59e11e8accd727f3350609fd5fe5981b46fda848fb3eebff80f67d5fffea1a73a8bbe5c2e68aacf9abf5d03093f4bbe1b81"
    "b662102d47a0afeca1e761699aaba3a6aa6b6a7de9aada26d7545bd537866a9448b36e28ea4b164551648292f8c3f17aba067a0cb3e0e711fcbc172547a0abe2a0e669295a6aa7a2aa6aee"
    "6da9aaca665f55595537c5a22dc43c8b3e13ca247a92c60821f1f6b3e8cf6be0af67c97f47a0adec44c91144b243cdcb52b4b6464555d5eaea5255952da1a8b2aa6e4e599b4865967d2494"
    "51f4c4d30508891e83e784a2abe4d678f2ebd4d12492cdcc25b1acd454756dbe2c5d55db1ab36aabfa969cb4895c67d95034f5208ae2e93da44453d1714289625fe3491c9bce268aab662e"
    "51020555517bc84b5555b6a5a4caaabab5446da1b45934f42cce8b9ee82f3808490c3be79328b6359cc4b1ea6412c962c6925866b373b97493ddb98fc4336e4b97a35a833651fb2c1b7a56"
    "ef444fd2d82124316c9c50a258d77812c7a2b34924b3194c6299cccefd209ad12edd338bd8962ec4edcd9b4be766d99f84b28ba2a4b1414a625839a144b1acf1248e59679348263398c432"
    "9a9d0b5d839cbfe3be75bddcbffb2f6bb7db733d5525944df4248d154212c3c2f9248a790d27714c3a9944329ab1445b72fb4edbd28d72fc5ef7ad1be4fabd7d59bbbe9b63ede5e8414f39"
    "7ad4b1cbd933e399399f4431adf1248e5167137dc9e9dba632cbedbb6c4b37c9f1fbb66fdd28d7efeecbda8dce1ceb2047ef4028618c480f742486cb1351517544e833183f84be927543f8"
    "87cbe6858866b74bf78978b66deb3e135173aca39cbd13a18431228db445287a7922fc5e0d113f60ec10dacad60c91cbcd0a91cd66b7ee27f9acdbdaa5350ae65a27b97a1752095f441ce9"
    "8af076cb13b109754434393a9964d29a2172b95921b259edd27d209f655bbb8f64d45ceb2c57ef17a98433424f9dbe880e63b9227415d5139147e388f80d9bc124979b19229bc52edd0ff2"
    "99b7ad7b26a3e65a17b97b50343718233c1d7d117a0ccb159145f544e4d138223269fd100adecc103e97edce3d90cfb42ddd231935e7bacad983a0a5c317e1e9e98ac8e1324564512d1179"
    "3486884c5a3b442e37334436935dbbbca6715bbbaffc12ccb96e72f6de6ffe03c0ed05e8ed0d0000");

std::string unpacked(std::string_view bytes) {
    std::string out;
    const auto done = codec::unpack_gzip(bytes, [&](std::string_view part) {
        out += part;
        return true;
    });
    return done ? out : "!" + done.error().message;
}

std::string all_letters() {
    std::string out;
    for (int i = 0; i < 200; ++i) out += "line " + std::to_string(i * 7919 % 1000) + " of " + std::string(static_cast<std::size_t>(i % 11), static_cast<char>('a' + i % 26)) + "\n";
    return out;
}

}  // namespace

TEST_CASE("gzip files of all kinds of blocks are unpacked, one member after the other", "[codec]") {
    CHECK(unpacked(fixed_codes) == "hello hello hello hello\n");
    CHECK(unpacked(stored) == "hello hello hello hello\n");
    CHECK((unpacked(own_codes) == all_letters()));
    CHECK((unpacked(fixed_codes + own_codes + stored) == "hello hello hello hello\n" + all_letters() + "hello hello hello hello\n"));
    CHECK(unpacked(fixed_codes + std::string(100, '\0')) == "hello hello hello hello\n");
}

TEST_CASE("a gzip file that is cut off or damaged is refused wherever that is", "[codec]") {
    for (const std::string& whole : {fixed_codes, stored, own_codes}) {
        for (std::size_t size = 0; size < whole.size(); ++size) CHECK(unpacked(whole.substr(0, size)).starts_with('!'));
        for (std::size_t at = 10; at < whole.size(); ++at) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x11);
            // Bits between the last block and the checksum mean nothing.
            const std::string text = unpacked(changed);
            CHECK((text.starts_with('!') || text == unpacked(whole)));
        }
    }
}
