// A TLS client on Schannel, as small as one can be: what the settings of a registry do to a real handshake.
//
//   schannel_client HOST PORT            shakes hands; prints `connected TLS 1.2`, or the step that failed and its code
//   schannel_client --protocols MASK... [HOST:PORT]
//                                        acquires credentials for the SP_PROT_* bits of each MASK (hexadecimal, 0: the defaults) and prints
//                                        the bits that they came out with, or the code with which they were refused, a line each; then
//                                        shakes hands
//
// Ends with 0 after a handshake or when none was asked for, with 1 without. Schannel reads the registry once a process.
#define SECURITY_WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <schannel.h>
#include <security.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr DWORD flags = ISC_REQ_SEQUENCE_DETECT | ISC_REQ_REPLAY_DETECT | ISC_REQ_CONFIDENTIALITY | ISC_REQ_ALLOCATE_MEMORY | ISC_REQ_STREAM |
                        ISC_REQ_MANUAL_CRED_VALIDATION;

int failed(const char* step, long code) {
    std::printf("%s failed: 0x%08lx\n", step, static_cast<unsigned long>(code));
    return 1;
}

SECURITY_STATUS acquire(CredHandle& credentials, DWORD protocols) {
    SCHANNEL_CRED wanted{};
    wanted.dwVersion = SCHANNEL_CRED_VERSION;
    wanted.grbitEnabledProtocols = protocols;
    // The server's certificate is made for the test.
    wanted.dwFlags = SCH_CRED_MANUAL_CRED_VALIDATION | SCH_CRED_NO_DEFAULT_CREDS;
    std::wstring package = UNISP_NAME_W;
    return ::AcquireCredentialsHandleW(nullptr, package.data(), SECPKG_CRED_OUTBOUND, nullptr, &wanted, nullptr, nullptr, &credentials, nullptr);
}

SOCKET connect_to(const char* host, const char* port) {
    WSADATA data{};
    if (::WSAStartup(MAKEWORD(2, 2), &data) != 0) return INVALID_SOCKET;
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host, port, &hints, &found) != 0) return INVALID_SOCKET;
    const SOCKET made = ::socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    const bool connected = made != INVALID_SOCKET && ::connect(made, found->ai_addr, static_cast<int>(found->ai_addrlen)) == 0;
    ::freeaddrinfo(found);
    return connected ? made : INVALID_SOCKET;
}

const char* protocol_name(DWORD protocol) {
    switch (protocol) {
        case SP_PROT_SSL3_CLIENT: return "SSL 3.0";
        case SP_PROT_TLS1_CLIENT: return "TLS 1.0";
        case SP_PROT_TLS1_1_CLIENT: return "TLS 1.1";
        case SP_PROT_TLS1_2_CLIENT: return "TLS 1.2";
        default: return "another protocol";
    }
}

int shake_hands(const char* host, const char* port) {
    CredHandle credentials{};
    if (const SECURITY_STATUS status = acquire(credentials, 0); status != SEC_E_OK) return failed("AcquireCredentialsHandle", status);
    const SOCKET server = connect_to(host, port);
    if (server == INVALID_SOCKET) return failed("connect", ::WSAGetLastError());
    std::wstring name = L"localhost";
    CtxtHandle context{};
    bool first = true;
    std::vector<char> received;
    for (;;) {
        SecBuffer in[2] = {{static_cast<unsigned long>(received.size()), SECBUFFER_TOKEN, received.data()}, {0, SECBUFFER_EMPTY, nullptr}};
        SecBuffer out[1] = {{0, SECBUFFER_TOKEN, nullptr}};
        SecBufferDesc input{SECBUFFER_VERSION, 2, in};
        SecBufferDesc output{SECBUFFER_VERSION, 1, out};
        DWORD attributes = 0;
        const SECURITY_STATUS status = ::InitializeSecurityContextW(&credentials, first ? nullptr : &context, name.data(), flags, 0, 0,
                                                                    first ? nullptr : &input, 0, first ? &context : nullptr, &output, &attributes, nullptr);
        if (out[0].cbBuffer != 0 && out[0].pvBuffer != nullptr) {
            ::send(server, static_cast<const char*>(out[0].pvBuffer), static_cast<int>(out[0].cbBuffer), 0);
            ::FreeContextBuffer(out[0].pvBuffer);
        }
        if (status == SEC_E_OK) break;
        if (status != SEC_I_CONTINUE_NEEDED && status != SEC_E_INCOMPLETE_MESSAGE) return failed("InitializeSecurityContext", status);
        if (!first && status == SEC_I_CONTINUE_NEEDED) {
            const std::size_t left = in[1].BufferType == SECBUFFER_EXTRA ? in[1].cbBuffer : 0;
            received.erase(received.begin(), received.end() - static_cast<std::ptrdiff_t>(left));
            // What is left may be a whole message: only an incomplete one needs more from the server.
            if (left != 0) continue;
        }
        first = false;
        char chunk[16384];
        const int got = ::recv(server, chunk, sizeof chunk, 0);
        if (got <= 0) return failed("recv", ::WSAGetLastError());
        received.insert(received.end(), chunk, chunk + got);
    }
    SecPkgContext_ConnectionInfo info{};
    if (const SECURITY_STATUS status = ::QueryContextAttributesW(&context, SECPKG_ATTR_CONNECTION_INFO, &info); status != SEC_E_OK) {
        return failed("QueryContextAttributes", status);
    }
    std::printf("connected %s\n", protocol_name(info.dwProtocol));
    ::closesocket(server);
    return 0;
}

void show_protocols(DWORD asked) {
    CredHandle credentials{};
    SecPkgCred_SupportedProtocols supported{};
    SECURITY_STATUS status = acquire(credentials, asked);
    if (status == SEC_E_OK) status = ::QueryCredentialsAttributesW(&credentials, SECPKG_ATTR_SUPPORTED_PROTOCOLS, &supported);
    if (status == SEC_E_OK) std::printf("0x%lx\n", supported.grbitProtocol);
    else std::printf("refused: 0x%08lx\n", static_cast<unsigned long>(status));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc >= 3 && std::string(argv[1]) == "--protocols") {
        for (int i = 2; i < argc; ++i) {
            const std::string word = argv[i];
            if (const std::size_t colon = word.find(':'); colon != std::string::npos) {
                return shake_hands(word.substr(0, colon).c_str(), word.substr(colon + 1).c_str());
            }
            show_protocols(static_cast<DWORD>(std::strtoul(argv[i], nullptr, 16)));
        }
        return 0;
    }
    if (argc != 3) return 2;
    return shake_hands(argv[1], argv[2]);
}
