#include "render/json_text.hpp"

#include <nlohmann/json.hpp>

namespace schancfg::cli {

std::string json_text(const nlohmann::ordered_json& result) {
    return result.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace schancfg::cli
