#include "schancfg/facts/weak.hpp"

#include <algorithm>
#include <iterator>

namespace schancfg::facts {
namespace {

constexpr std::string_view weak_protocols[] = {"PCT 1.0", "SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "DTLS 1.0"};
constexpr std::string_view weak_ciphers[] = {"RC2", "RC4", "3DES"};
constexpr int least_bits = 112;  // NIST SP 800-131A

}  // namespace

bool is_weak_protocol(std::string_view name) { return std::ranges::find(weak_protocols, name) != std::end(weak_protocols); }
bool is_weak_suite(const CipherSuite& suite) { return suite.effective_bits < least_bits || std::ranges::find(weak_ciphers, suite.bulk_cipher) != std::end(weak_ciphers); }

}  // namespace schancfg::facts
