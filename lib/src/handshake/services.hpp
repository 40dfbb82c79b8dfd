// What a service on a Windows machine narrows of what Schannel has, and what is supposed where nobody says which service it is.
#pragma once

#include <string>
#include <vector>

#include "handshake/details.hpp"

namespace schancfg::handshake {

/// Takes from the protocols of `end`, whose service it is, what the service does not speak; what is not documented becomes unknown.
void narrow_by_service(End& end, const effect::ServiceEffect& service);

/// As Agreement::provided. Empty where the two disagree.
[[nodiscard]] std::vector<std::string> service_conditions(const Scene& scene, const Agreement& agreement);

}  // namespace schancfg::handshake
