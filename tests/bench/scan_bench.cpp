#include <benchmark/benchmark.h>

#include <string>

#include "schancfg/codec/scan.hpp"

using namespace schancfg;

namespace {

constexpr int hosts = 2000;

// As nmap writes it: text for people and tables, four protocols, 12 suites each, a certificate.
std::string nmap_host(int number) {
    constexpr const char* suites[] = {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                                      "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",   "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                                      "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",    "TLS_RSA_WITH_AES_256_GCM_SHA384",
                                      "TLS_RSA_WITH_AES_128_GCM_SHA256",       "TLS_RSA_WITH_AES_256_CBC_SHA",          "TLS_RSA_WITH_AES_128_CBC_SHA"};
    std::string tables, text;
    for (const char* protocol : {"TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"}) {
        text += std::string("&#xa;  ") + protocol + ": &#xa;    ciphers: ";
        tables += std::string("<table key=\"") + protocol + "\">\n<table key=\"ciphers\">\n";
        for (const char* suite : suites) {
            text += std::string("&#xa;      ") + suite + " (secp256r1) - A";
            tables += std::string("<table>\n<elem key=\"name\">") + suite + "</elem>\n<elem key=\"kex_info\">secp256r1</elem>\n<elem key=\"strength\">A</elem>\n</table>\n";
        }
        tables += "</table>\n<table key=\"compressors\">\n<elem>NULL</elem>\n</table>\n<elem key=\"cipher preference\">server</elem>\n</table>\n";
    }
    return "<host starttime=\"1\" endtime=\"2\"><status state=\"up\" reason=\"user-set\" reason_ttl=\"0\"/>\n<address addr=\"10.0." + std::to_string(number / 250) + "." +
           std::to_string(number % 250) + "\" addrtype=\"ipv4\"/>\n<hostnames>\n<hostname name=\"host" + std::to_string(number) +
           ".example\" type=\"user\"/>\n</hostnames>\n<ports><port protocol=\"tcp\" portid=\"443\"><state state=\"open\" reason=\"syn-ack\" reason_ttl=\"64\"/>"
           "<script id=\"ssl-enum-ciphers\" output=\"" + text + "\">" + tables + "</script><script id=\"ssl-cert\" output=\"\"><table key=\"pubkey\"><elem key=\"type\">rsa</elem>"
           "<elem key=\"bits\">2048</elem></table><elem key=\"sig_algo\">sha256WithRSAEncryption</elem></script></port>\n</ports>\n</host>\n";
}

std::string nmap_file() {
    std::string file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\" args=\"nmap --script ssl-enum-ciphers\" version=\"7.94\">\n";
    for (int number = 0; number < hosts; ++number) file += nmap_host(number);
    return file + "<runstats><finished exit=\"success\"/></runstats>\n</nmaprun>\n";
}

std::string testssl_file() {
    std::string file = "[\n";
    for (int number = 0; number < hosts; ++number) {
        const std::string target = "\"ip\": \"host" + std::to_string(number) + ".example/10.0." + std::to_string(number / 250) + "." + std::to_string(number % 250) +
                                   "\", \"port\": \"443\", \"severity\": \"INFO\", \"finding\": ";
        for (int item = 0; item < 40; ++item) {
            file += std::string(file.size() > 2 ? ",\n" : "") + "{\"id\": \"cipher-tls1_2_xc0" + "0123456789abcdef"[item / 16] + "0123456789abcdef"[item % 16] + "\", " + target +
                    "\"TLSv1.2   xc030   ECDHE-RSA-AES256-GCM-SHA384       ECDH 253   AESGCM      256      TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\"}";
        }
    }
    return file + "\n]\n";
}

void read_scan(benchmark::State& state, const std::string& file) {
    for (auto _ : state) {
        auto decoded = codec::decode_scan(file, "bench");
        if (!decoded.value || decoded.value->size() != hosts) state.SkipWithError("not all hosts were read");
        benchmark::DoNotOptimize(decoded);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * file.size()));
}

void read_nmap_of_2000_hosts(benchmark::State& state) {
    static const std::string file = nmap_file();
    read_scan(state, file);
}
BENCHMARK(read_nmap_of_2000_hosts)->Unit(benchmark::kMillisecond);

void read_testssl_of_2000_hosts(benchmark::State& state) {
    static const std::string file = testssl_file();
    read_scan(state, file);
}
BENCHMARK(read_testssl_of_2000_hosts)->Unit(benchmark::kMillisecond);

}  // namespace
