#include "render/agreement_json.hpp"

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace schancfg::cli {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string hex_id(std::uint32_t id) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), id > 0xFFFF ? "0x%06X" : "0x%04X", static_cast<unsigned>(id));
    return text.data();
}

}  // namespace

Json handshake_json(const handshake::Handshake& handshake) {
    if (handshake.protocol.empty()) return nullptr;
    Json out{{"protocol", handshake.protocol}};
    out["cipher_suite"] = text_or_null(handshake.suite_name);
    out["id"] = handshake.suite == 0 ? Json(nullptr) : Json(hex_id(handshake.suite));
    out["group"] = text_or_null(handshake.group);
    out["bits"] = handshake.bits == 0 ? Json(nullptr) : Json(handshake.bits);
    out["signature"] = text_or_null(handshake.signature);
    return out;
}

}  // namespace schancfg::cli
