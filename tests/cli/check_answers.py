#!/usr/bin/env python3
"""What the commands answer to several hundred generated machines, profiles and peers, held against answers.txt.

    check_answers.py [--show N] -- PROGRAM...

A line of answers.txt is an answer: its number, its exit code, a digest of all that was printed, the command, and the first line of the answer. A change of the
library that changes any answer shows here which, so that a reviewer sees how far it reaches. SCHANCFG_APPROVE=1 writes the file anew; --show N prints the
whole answer N of PROGRAM, to compare that of two builds.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SCHANNEL = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
LOCAL = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002"
POLICY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
FIPS = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa\FipsAlgorithmPolicy"
DOTNET = [rf"HKEY_LOCAL_MACHINE\SOFTWARE\{node}Microsoft\.NETFramework\{version}" for node in ("", "Wow6432Node\\") for version in ("v4.0.30319", "v2.0.50727")]
WINHTTP = [rf"HKEY_LOCAL_MACHINE\SOFTWARE\{node}Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp" for node in ("", "Wow6432Node\\")]
PROTOCOLS = ["SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"]
TOML_PROTOCOLS = [*PROTOCOLS, "DTLS 1.0", "DTLS 1.2"]
NUMBERS = ["SendTrustedIssuerList", "AllowInsecureRenegoClients", "AllowInsecureRenegoServers", "UseScsvForTls", "DisableClientExtendedMasterSecret",
           "DisableServerExtendedMasterSecret", "EventLogging", "CertificateMappingMethods", "ClientCacheTime", "ServerCacheTime", "MaximumCacheSize"]
APPLICATIONS = ["winhttp", "dotnet-2.0", "dotnet-3.5", "dotnet-4.0", "dotnet-4.5", "dotnet-4.6.2", "dotnet-4.7", "dotnet-4.8", "schannel:tls11,tls12", "schannel:tls13", "dotnet"]
SERVICES = ["rdp", "http", "winrm", "ldaps", "sql", "adfs", "adfs-proxy", "smtp", "eap"]
ERRORS = ["0x80090331", "0x80090326", "36887:40", "36887:70", "36874", "36871", "36888:20", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "SSL_ERROR_NO_CYPHER_OVERLAP", "12175",
          "Could not create SSL/TLS secure channel", "The underlying connection was closed", "dh key too small", "wrong version number", "tlsv1 alert protocol version",
          "unsafe legacy renegotiation disabled", "0x80072F7D", "ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", "0x80090325", "0x80092013", "36887:42", "0x904", "peer did not return a certificate",
          "An existing connection was forcibly closed by the remote host", "CredSSP encryption oracle remediation", "A fatal alert was received", "handshake_failure(40)"]
# What people type for what they mean, and what only looks like it.
SPELLINGS = ["SHA1", "SHA-1", "SHA-256", "sha256", "SHA-2", "TLS1.2", "tls_1_2", "TLSv1.2", "tls12", "TLS 1.2 Client", "SSLv3", "ssl3.0", "DTLS1.2", "server 2012r2", "2012 R2", "w2k8", "W2K12R2",
             "w2k08", "2k16", "win10", "Windows 10 22H2", "10.0.17763", "6.1.7601", "17763", "Server 2022 Datacenter", "0x80090331", "80090331", "-2146893007", "2148074289", "&H80090331", "0x331",
             "36887", "event 36874", "Event ID 36888", "alert 40", "handshake failure", "handshake_failure", "40", "KB3140245", "kb3140245", "3140245", "0xC02F", "c02f", "0xC0,0x2F", "C0-2F",
             "ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256", "ECDHE_RSA_AES_128_GCM_SHA256", "secp256r1", "P-256", "prime256v1", "NistP256", "x25519", "0x001D", "AES 128",
             "AES-128/128", "AES128", "3DES", "Triple DES 168", "RC4", "RC4 128", "DH", "DHE", "RSA", "MD5", "NULL", "Functions", "EccCurves", "Enabled", "DisabledByDefault", "SchUseStrongCrypto",
             "ClientMinKeyBitLength", "ServerMinKeyBitLength", "cipher order", "FIPS", "FIPS 140-2", "strong crypto", "SQL Server 2008 R2", "Exchange 2013", "Java 7u101", "OpenSSL 1.0.2k", "IE11",
             "IIS 10.0", "Outlook 2010", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL", "SCHANNEL\\Protocols\\TLS 1.2\\Client", "Ciphers\\AES 128/128",
             "DefaultSecureProtocols", "0xA80", "WinHttp", "lockout", "weak-default", "no-common-suite", "BEAST", "POODLE", "SWEET32", "Logjam", "CVE-2014-3566", "ROBOT", "nonsense", "TLS 1.4", "SSL 4.0",
             "SEC_E_ALGORITHM_MISMATCH", "sec_e_algorithm_mismatch", "ERR_SSL_PROTOCOL_ERROR", "SSL_ERROR_UNSUPPORTED_VERSION", "12030", "0x2F7D", "0x904", "AES 128\u2215128", "TLS\u00a01.2"]
MESSAGES = ["The request was aborted: Could not create SSL/TLS secure channel.", "An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites supported by the "
            "client application are supported by the server. The SSL connection request has failed.", "A fatal alert was generated and sent to the remote endpoint. The TLS protocol defined fatal error code is 40. "
            "The Windows SChannel error state is 1205.", "A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 70.", "error code -2146893007", "(0x80090326)", "hr=&H80072F7D",
            "WINHTTP_CALLBACK_STATUS_FLAG_SECURITY_CHANNEL_ERROR 12157", "code=36888 state 10013", "SSL routines:ssl3_get_record:wrong version number", "EE certificate key too weak", "dh key too small (1024)",
            "ERROR_INTERNET_SECURITY_CHANNEL_ERROR", "System.ComponentModel.Win32Exception (0x80090331): The client and server cannot communicate, because they do not possess a common algorithm",
            "alert number 80", "alert 112: unrecognized_name", "TLS fatal alert 48", "error:0A000102", "The internal error state is 10001", "remote desktop error 0x904 extended 0x7", "SEC_E_INVALID_TOKEN",
            "36871: A fatal error occurred while creating a TLS client credential. The internal error state is 10013.", "CURLE_SSL_CONNECT_ERROR schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT",
            "PR_END_OF_FILE_ERROR", "MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE", "SSL_ERROR_NO_CYPHER_OVERLAP", "ssl_error_weak_server_ephemeral_dh_key", "Received fatal alert: handshake_failure",
            "javax.net.ssl.SSLHandshakeException: No appropriate protocol", "A connection was successfully established with the server, but then an error occurred during the login process. (provider: SSL Provider, "
            "error: 0 - An existing connection was forcibly closed by the remote host.)", "[Microsoft][ODBC Driver 17 for SQL Server]SSL Provider: The certificate chain was issued by an authority that is not trusted."]
SCHANNEL_PATH = SCHANNEL.replace("HKEY_LOCAL_MACHINE", "HKLM:")
MORE_SPELLINGS = [f"[{SCHANNEL}\\Ciphers\\RC4 128/128]", f"{SCHANNEL_PATH}\\Hashes\\MD5\\", f"Computer\\{SCHANNEL}\\KeyExchangeAlgorithms\\PKCS", f"Registry::{SCHANNEL}\\Protocols\\TLS 1.2\\Server",
                  f"{SCHANNEL}\\Protocols\\<name>", f"{SCHANNEL}\\...", f"{SCHANNEL}: EventLogging", f"{SCHANNEL}\\EventLogging", "[TLS 1.2", "TLS 1.2]", "Registry::", "schannel", "winhttp", "dotnet", "fips", "protocols",
                  "ciphers", "hashes", "key_exchange_algorithms", "cipher_suites", "elliptic_curves", "client_min_bits", "strong_crypto", "enabled", "order", "AES256", "SHA-384", "SHA-", "PROTOCOL_TLS_1_2",
                  "TLSv1_2_client_method", "(C0, 30)", "c0:2b", "Java 1.8.0_191", "Exchange SE", "curl (60)", "curl error 7", "curl 999", "0x907", "alert 255", "alert 256", "event 40", "alert 36888",
                  "\\", "secp521r1", "X25519MLKEM768", "port 443", "error code 12175", "HRESULT 0x80090331", "MDMEnabled", "Windows Server 2012R2"]
# Keys and values that miss a known one.
MISSES = [r"SCHANEL\Protocols\TLS 1.2\Client", r"SCHANNEL\Protocol\TLS 1.2\Client", r"SCHANNEL\Protocols\TLS1.2\Client", r"SCHANNEL\Protocols\TLSv1.2\Server", r"SCHANNEL\Protocols\TLS 1.2\Clients",
          r"SCHANNEL\Protocols\TLS 1.2", r"SCHANNEL\Protocols\TLS 1.2 \Server", r"SCHANNEL\Protocols\SSL3.0\Server", r"SCHANNEL\Ciphers\AES 128", r"SCHANNEL\Ciphers\RC4", r"SCHANNEL\Ciphers\3DES",
          r"SCHANNEL\Ciphers\Triple DES 168/168", r"SCHANNEL\Ciphers\AES", r"SCHANNEL\Hashes\SHA1", r"SCHANNEL\Hashes\SHA-256", r"SCHANNEL\Hash\MD5", r"SCHANNEL\KeyExchangeAlgorithms\DH",
          r"SCHANNEL\KeyExchangeAlgorithms\RSA", r"SCHANNEL\KeyExchangeAlgorithm\PKCS", r"SCHANNEL\KeyExchangeAlgorithms\Diffie Hellman", r"SCHANNEL\Cyphers\NULL", r"SCHANNEL\TLS 1.2\Server",
          r"SCHANNEL\Protocols\tls 1.3\server", r"SCHANNEL\Protocols\DTLS 1.1\Client", r"SCHANNEL\Protocols\Multi-Protocol Unified Helo\Client"]
MISSED_VALUES = ["Enabled", "Enable", "enabled ", "Enabled2", "DisabledByDefault", "DisableByDefault", "Disabled", "ClientMinKeyBitLenght", "ServerMinKeyBitLength"]


class Draw:
    """The same choices everywhere and for good: Python's own generator may choose otherwise in another version."""

    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 % 2**64 | 1

    def number(self, below):
        self.state ^= self.state << 13 & 2**64 - 1
        self.state ^= self.state >> 7
        self.state ^= self.state << 17 & 2**64 - 1
        return (self.state >> 11) % below

    def one_in(self, count):
        return self.number(count) == 0

    def one(self, items):
        return items[self.number(len(items))]

    def some(self, items, most):
        left, taken = list(items), []
        for _ in range(min(len(left), 1 + self.number(most))):
            taken.append(left.pop(self.number(len(left))))
        return taken


class Words:
    """Names as PROGRAM lists them."""

    def __init__(self, program):
        def listed(*words):
            return subprocess.run([*program, *words], capture_output=True, check=True).stdout.decode().splitlines()
        self.releases = listed("releases", "--name-only")
        self.kinds = {kind: list(dict.fromkeys(listed("explain", "--list", kind))) for kind in
                      ("alerts", "ciphers", "codes", "conflicts", "curves", "events", "hashes", "key-exchanges", "keys", "protocols", "reasons", "releases", "rules", "settings", "suites",
                       "updates", "values", "words")}
        self.ciphers = [each for each in self.kinds["ciphers"] if "/" in each and each != "RC2 56/56"]
        self.suites = [each for each in self.kinds["suites"] if each.startswith("TLS_") and each[-5:-3] != "_P" and "NULL" not in each]
        self.schannel_suites = [suite["name"] for release in ("windows-server-2012-r2", "windows-server-2025")
                                for suite in json.loads("\n".join(listed("status", f"os:{release}", "--all", "--format", "json")))["cipher_suites"]]
        self.schannel_suites = list(dict.fromkeys(name for name in self.schannel_suites if name.startswith("TLS_") and name[-5:-3] != "_P"))
        self.profiles = listed("profiles", "--name-only")


def number(value):
    return f"dword:{value:08x}"


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def strings(items):
    return "hex(7):" + ",".join(f"{byte:02x}" for byte in "".join(item + "\0" for item in [*items, ""]).encode("utf-16-le"))


def export_of(values):
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, named in values.items():
        lines += [f"[{key}]", *(f'"{name}"={value}' for name, value in named.items()), ""]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-16-le")


def registry_file(draw, words):
    """An export of one machine, mostly of what an administrator has, now and then of what nobody means."""
    values = {}

    def put(key, name, value):
        values.setdefault(key, {})[name] = value

    for _ in range(draw.number(7)):
        key = rf"{SCHANNEL}\Protocols\{draw.one(PROTOCOLS if draw.number(5) else words.kinds['protocols'])}\{draw.one(['Client', 'Server'])}"
        if draw.number(5):
            put(key, "Enabled", number(draw.one([0, 0, 1, 0xFFFFFFFF, 2])))
        if draw.number(3):
            put(key, "DisabledByDefault", number(draw.one([0, 1, 1, 2])))
    for _ in range(draw.number(5)):
        put(rf"{SCHANNEL}\Ciphers\{draw.one(words.kinds['ciphers'])}", "Enabled", number(draw.one([0, 0, 1, 0xFFFFFFFF])))
    for _ in range(draw.number(3)):
        put(rf"{SCHANNEL}\Hashes\{draw.one(words.kinds['hashes'])}", "Enabled", number(draw.one([0, 0, 1, 0xFFFFFFFF])))
    for _ in range(draw.number(4)):
        key = rf"{SCHANNEL}\KeyExchangeAlgorithms\{draw.one(words.kinds['key-exchanges'])}"
        if draw.number(2):
            put(key, "Enabled", number(draw.one([0, 0xFFFFFFFF, 1])))
        else:
            put(key, draw.one(["ClientMinKeyBitLength", "ServerMinKeyBitLength", "ClientMaxKeyBitLength"]), number(draw.one([512, 1024, 2048, 3072, 4096, 16384, 7])))
    for _ in range(draw.number(3)):
        put(SCHANNEL, draw.one(NUMBERS), number(draw.one([0, 1, 2, 7, 31, 36000000])))
    if not draw.one_in(3):
        if draw.one_in(2):
            suites = draw.some(words.kinds["suites"], 12) + (["TLS_NO_SUCH_SUITE"] if draw.one_in(6) else [])
            put(POLICY, "Functions", text(",".join(suites)))
        if draw.one_in(3):
            put(LOCAL, "Functions", strings(draw.some(words.kinds["suites"], 20)))
        if draw.one_in(3):
            put(draw.one([POLICY, LOCAL]), "EccCurves", strings(draw.some(words.kinds["curves"][:8], 4)))
        if draw.one_in(6):
            put(FIPS, "Enabled", number(1))
        for key in DOTNET:
            if draw.one_in(5):
                put(key, draw.one(["SchUseStrongCrypto", "SystemDefaultTlsVersions"]), number(draw.one([0, 1])))
        for key in WINHTTP:
            if draw.one_in(6):
                put(key, "DefaultSecureProtocols", number(draw.one([0xA0, 0xA80, 0x800, 0x2A80, 0x2800])))
    if draw.one_in(8):
        put(rf"{SCHANNEL}\Protocols\{draw.one(['TLS1.2', 'TLS 1.2 ', 'tls 1.3', 'DTLS 1.1'])}\{draw.one(['Client', 'Server', 'Clients'])}", draw.one(["Enabled", "Enable", "DisabledByDefault"]),
            draw.one([number(0), text("0"), "hex:01"]))
    return export_of(values)


# Every value that the effect reads, with the data that make a difference.
LSA = FIPS.rpartition("\\")[0]
DIFFIE_HELLMAN, PKCS = (rf"{SCHANNEL}\KeyExchangeAlgorithms\{name}" for name in ("Diffie-Hellman", "PKCS"))
MESSAGE_LIMITS = ["MessageLimitClient", "MessageLimitServer", "MessageLimitServerClientAuth"]
SIGNATURES = ["RSA/SHA512", "ECDSA/SHA512", "RSA/SHA256", "RSA/SHA384", "RSA/SHA1", "DSA/SHA1", "ECDSA/SHA256", "/SHA512", "rsa/sha512"]
READ = [(FIPS, "Enabled", [0, 1, 2]), (FIPS, "MDMEnabled", [0, 1]), (LSA, "FipsAlgorithmPolicy", [0, 1]),
        *((SCHANNEL, name, [0, 1, 5, 8]) for name in (*NUMBERS, "DisableRenegoOnClient", "DisableRenegoOnServer", "ClientAuthTrustMode", "IssuerCacheSize", "IssuerCacheTime",
                                                      "EnableOcspStaplingForSni", "SendExtraRecord")),
        *((rf"{SCHANNEL}\Messaging", name, [0, 0x8000]) for name in MESSAGE_LIMITS),
        *((key, name, [0, 512, 1024, 2048, 4096]) for key in (DIFFIE_HELLMAN, PKCS) for name in ("ClientMinKeyBitLength", "ClientMaxKeyBitLength", "ServerMinKeyBitLength")),
        *((rf"{SCHANNEL}\KeyExchangeAlgorithms\{name}", "Enabled", [0, 1, 0xFFFFFFFF]) for name in ("Diffie-Hellman", "PKCS", "ECDH")),
        *((rf"{SCHANNEL}\Ciphers\{name}", "Enabled", [0, 1, 2, 0xFFFFFFFF]) for name in ("AES 128/128", "AES 256/256", "RC4 128/128", "RC4 40/128", "NULL", "Triple DES 168")),
        *((rf"{SCHANNEL}\Hashes\{name}", "Enabled", [0, 1, 2, 0xFFFFFFFF]) for name in ("SHA", "MD5", "SHA256", "SHA384")),
        *((rf"{SCHANNEL}\Protocols\{name}\{role}", value, [0, 1, 2]) for name in TOML_PROTOCOLS for role in ("Client", "Server") for value in ("Enabled", "DisabledByDefault")),
        *((key, value, [0, 1, 2]) for key in DOTNET for value in ("SchUseStrongCrypto", "SystemDefaultTlsVersions")),
        *((key, "DefaultSecureProtocols", [0, 0x20, 0xA80, 0x800, 0x2A80]) for key in WINHTTP)]
UPDATES = ["KB2973337", "KB948963", "KB2868725", "KB3174644", "KB3061518", "KB3140245", "KB5017811", "KB4019276", "KB3154517", "KB3154518", "KB3154519", "KB3154520", "KB5014754", "KB4528489",
           "KB3042058", "KB2919355", "KB4537806"]


def read_values_file(draw, words):
    """An export of a machine on which much is set that few ever set, now and then in a wrong type."""
    values = {}

    def put(key, name, value):
        values.setdefault(key, {})[name] = value if draw.number(8) else draw.one([text("1"), "hex:01", "hex(b):01,00,00,00,00,00,00,00", text("TLS_RSA_WITH_AES_128_CBC_SHA")])

    for key, name, numbers in draw.some(READ, 40):
        put(key, name, number(draw.one(numbers)))
    suites = draw.some(words.schannel_suites, 16)
    suites += [draw.one([suites[0], suites[0].lower(), f" {suites[0]}", "TLS_NO_SUCH_SUITE", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256", ""]) for _ in range(draw.number(3))]
    if draw.one_in(3):
        put(POLICY, "Functions", text(",".join(suites * draw.one([1, 1, 3]))))
    if draw.one_in(2):
        put(LOCAL, "Functions", draw.one([strings(suites), strings(suites), strings([",".join(suites)]), strings([])]))
    curves = draw.some([*words.kinds["curves"][:9], "nistp256", "NistP256", "NistP384", "curve25519", "myCurve"], 5)
    for key in (POLICY, LOCAL):
        if draw.one_in(3):
            put(key, "EccCurves", strings(curves))
    if draw.one_in(4):
        put(rf"{LSA.rpartition(chr(92))[0]}\Cryptography\ECCParameters\myCurve", "BitLength", number(256))
    if draw.one_in(3):
        put(LOCAL[:-1] + "3", "Functions", strings(draw.some(SIGNATURES, 4)))
    return export_of(values)


def listed(items):
    """As an array of TOML."""
    return "[" + ", ".join(f'"{item}"' for item in items) + "]"


def profile_file(draw, words):
    lines = ["format = 1"]
    if draw.one_in(3):
        lines.append(f'extends = ["{draw.one(words.profiles)}"]')
    if draw.one_in(4):
        lines.append(f'windows = "{draw.one(["<=", ">="])} {draw.one(words.releases)}"')
    lines.append("[protocols]")
    for name in draw.some(TOML_PROTOCOLS, 5):
        state = [f'"{draw.one(["enabled", "disabled", "disabled", "on-request"])}"' for _ in range(2)]
        lines.append(f'"{name}" = {state[0]}' if draw.number(2) else f'"{name}" = {{ client = {state[0]}, server = {state[1]} }}')
    if draw.one_in(2):
        lines += ["[ciphers]", *(f'"{name}" = "{draw.one(["disabled", "disabled", "enabled"])}"' for name in draw.some(words.ciphers, 4))]
    if draw.one_in(4):
        lines += ["[hashes]", *(f'"{name}" = "{draw.one(["disabled", "enabled"])}"' for name in draw.some(words.kinds["hashes"], 2))]
    if draw.one_in(2):
        lines += ["[key_exchange_algorithms]", *(f'"{name}" = {{ {draw.one(["client_min_bits", "server_min_bits"])} = {draw.one([1024, 2048, 3072])} }}' for name in ("Diffie-Hellman",)),
                  *(f'"{name}" = "{draw.one(["disabled", "enabled"])}"' for name in draw.some(["PKCS", "ECDH"], 1))]
    if draw.one_in(2):
        lines.append(f"[cipher_suites.{draw.one(['policy', 'local'])}]")
        if draw.number(3):
            lines.append("order = " + listed(draw.some(words.schannel_suites, 14)))
        else:
            lines.append("without = " + listed(draw.some(["TLS_RSA_*", "TLS_DHE_*", "*_CBC_*", "*_SHA", "TLS_ECDHE_ECDSA_*"], 3)))
    if draw.one_in(4):
        lines += ["[schannel]", f"allow_insecure_reneg_{draw.one(['clients', 'servers'])} = {draw.one(['true', 'false'])}"]
    return "\n".join(lines) + "\n"


def peer_file(draw, words, role):
    """One end as its owner knows it: now and then a fact is missing."""
    first = draw.number(6)
    lines = ["format = 1", "[peer]", f'role = "{role}"', 'name = "the other end"']
    if draw.number(6):
        lines.append("protocols = " + listed(PROTOCOLS[min(first, 4):min(first, 4) + 1 + draw.number(4)]))
    if draw.number(6):
        lines.append("cipher_suites = " + listed(draw.some(words.suites, 10)))
    if draw.one_in(3):
        lines.append("groups = " + listed(draw.some(["x25519", "secp256r1", "secp384r1", "secp521r1", "x448"], 3)))
    if draw.one_in(3):
        lines.append("handshake_signatures = " + listed(draw.some(["rsa_pkcs1_sha256", "rsa_pss_rsae_sha256", "ecdsa_secp256r1_sha256", "rsa_pkcs1_sha1", "ecdsa_secp384r1_sha384"], 3)))
    if draw.one_in(3):
        lines.append("signature_hashes = " + listed(draw.some(["MD5", "SHA1", "SHA256", "SHA384", "SHA512"], 3)))
    if draw.one_in(3):
        lines.append(f"secure_renegotiation = {draw.one(['true', 'false'])}")
    if draw.one_in(4):
        lines.append(f"extended_master_secret = {draw.one(['true', 'false'])}")
    if draw.one_in(4):
        lines.append(f"complete = {draw.one(['true', 'false'])}")
    if role == "server":
        if draw.one_in(2):
            lines.append(f"dh_bits = {draw.one([512, 768, 1024, 2048, 4096])}")
        if draw.one_in(3):
            lines.append(f'cipher_order = "{draw.one(["client", "server"])}"')
        if draw.number(4):
            key = draw.one(['key = "RSA", bits = 1024', 'key = "RSA", bits = 2048', 'key = "RSA", bits = 2048', 'key = "RSA", bits = 512', 'key = "ECDSA", curve = "P-256"', 'key = "ECDSA", curve = "P-521"'])
            lines.append(f'certificate = {{ {key}, signature_hash = "{draw.one(["SHA256", "SHA1", "MD5", "SHA384"])}" }}')
    else:
        if draw.one_in(3):
            lines.append(f"dh_min_bits = {draw.one([512, 1024, 2048])}")
        if draw.one_in(3):
            lines.append(f"rsa_min_bits = {draw.one([512, 1024, 2048, 3072])}")
    return "\n".join(lines) + "\n"


HOSTS = ["printer.example", "192.0.2.7", "2001:db8::7", "-oN", "mail.example.org", "a b"]
FAMILIES = [r"TLS_(AES|CHACHA)", "TLS_ECDHE_RSA", "TLS_ECDHE_ECDSA", "TLS_DHE_RSA", "TLS_DHE_DSS", "TLS_RSA_WITH"]
GROUPS = ["x25519", "secp256r1", "secp384r1", "secp521r1", "x448", "ffdhe2048", "brainpoolP256r1", "X25519MLKEM768"]
SIGNATURES = ["RSA+SHA1", "RSA+SHA256", "RSA+SHA512", "RSA-PSS+SHA256", "ECDSA+SHA256", "ECDSA+SHA384", "DSA+SHA1", "ED25519"]
CERTIFICATES = ['key = "RSA", bits = 512', 'key = "RSA", bits = 1024', 'key = "RSA", bits = 2048', 'key = "RSA", bits = 8192', 'key = "RSA"', 'key = "ECDSA", curve = "P-256"',
                'key = "ECDSA", curve = "P-384"', 'key = "ECDSA", bits = 521', 'key = "ECDSA"', 'key = "DSA", bits = 1024', 'bits = 2048']
DATES = ['valid_until = "2015-04-12"', 'valid_until = "2099-04-12"', 'valid_from = "2098-01-31", valid_until = "2099-01-31"', 'valid_from = "2014-01-31"']


def detailed_peer_file(draw, words, role):
    """One end in every detail: versions with gaps, suites of a few families, limits on either side, several certificates."""
    lines = ["format = 1", "[peer]", f'role = "{role}"', f'host = "{draw.one(HOSTS)}"', "protocols = " + listed(draw.some(PROTOCOLS[1:], 4))]
    if draw.one_in(2):
        lines.append(f"port = {draw.one([443, 8443, 636])}")
    suites = [suite for family in draw.some(FAMILIES, 3) for suite in draw.some([each for each in words.suites if re.match(family, each)], 4)]
    if draw.number(6):
        lines.append("cipher_suites = " + listed(dict.fromkeys(suites)))
    if draw.number(3):
        lines.append("groups = " + listed(draw.some(GROUPS, 4)))
    if draw.number(3):
        lines.append(f"secure_renegotiation = {draw.one(['true', 'false'])}")
    if draw.one_in(2):
        lines.append(f"extended_master_secret = {draw.one(['true', 'false'])}")
    if draw.one_in(2):
        lines.append(f"dh_min_bits = {draw.one([512, 1024, 2048])}")
    if draw.one_in(2):
        lines.append(f"dh_max_bits = {draw.one([2048, 4096])}")
    if draw.one_in(6):
        lines.append("complete = false")
    if role == "server":
        if draw.one_in(2):
            lines.append("handshake_signatures = " + listed(draw.some(SIGNATURES, 4)))
        lines.append(f'cipher_order = "{draw.one(["client", "server"])}"')
    else:
        if draw.one_in(2):
            lines.append(f"rsa_min_bits = {draw.one([1024, 2048])}")
        if draw.one_in(2):
            lines.append(f"rsa_max_bits = {draw.one([2048, 4096])}")
        if draw.number(3):
            lines.append("signature_hashes = " + listed(draw.some(["MD5", "SHA1", "SHA256", "SHA384", "SHA512"], 4)))
    if role == "server" and draw.number(3) or draw.one_in(4):
        shown = [", ".join([each, *([f'signature_hash = "{draw.one(["SHA256", "SHA1", "SHA512", "MD5"])}"'] if draw.number(4) else []), *([draw.one(DATES)] if draw.one_in(3) else [])])
                 for each in draw.some(CERTIFICATES, 2)]
        lines.append("certificate = [" + ", ".join(f"{{ {each} }}" for each in shown) + "]")
    return "\n".join(lines) + "\n"


def limits_file(draw):
    """What an export sets of limits, signatures, renegotiation and tickets."""
    values = {}
    for _ in range(1 + draw.number(4)):
        key, name, choices = draw.one([
            (rf"{SCHANNEL}\KeyExchangeAlgorithms\Diffie-Hellman", "ClientMinKeyBitLength", [512, 1024, 2048]), (rf"{SCHANNEL}\KeyExchangeAlgorithms\Diffie-Hellman", "ClientMaxKeyBitLength", [1024, 2048]),
            (rf"{SCHANNEL}\KeyExchangeAlgorithms\Diffie-Hellman", "ServerMinKeyBitLength", [1024, 2048, 3072]), (rf"{SCHANNEL}\KeyExchangeAlgorithms\PKCS", "ClientMinKeyBitLength", [1024, 2048]),
            (rf"{SCHANNEL}\KeyExchangeAlgorithms\PKCS", "ClientMaxKeyBitLength", [1024, 4096]), (SCHANNEL, "AllowInsecureRenegoClients", [0]), (SCHANNEL, "AllowInsecureRenegoServers", [0]),
            (SCHANNEL, "ServerCacheTime", [36000000, 700000000]), (SCHANNEL, "DisableClientExtendedMasterSecret", [0, 1]), (rf"{SCHANNEL}\Hashes\{draw.one(['SHA256', 'SHA512', 'SHA', 'MD5'])}", "Enabled", [0]),
            (rf"{SCHANNEL}\Protocols\TLS 1.3\{draw.one(['Client', 'Server'])}", "Enabled", [1]), (rf"{SCHANNEL}\Protocols\TLS 1.1\{draw.one(['Client', 'Server'])}", "Enabled", [0])])
        values.setdefault(key, {})[name] = f"dword:{draw.one(choices):08x}"
    if draw.one_in(3):
        schemes = "".join(f"{each}\0" for each in [*draw.some(["RSA/SHA256", "RSA/SHA384", "RSA/SHA1", "RSA/SHA512", "ECDSA/SHA256", "ECDSA/SHA384"], 4), ""])
        values[LOCAL[:-1] + "3"] = {"Functions": "hex(7):" + ",".join(f"{byte:02x}" for byte in schemes.encode("utf-16-le"))}
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, named in values.items():
        lines += [f"[{key}]", *(f'"{name}"={value}' for name, value in named.items()), ""]
    return "\r\n".join(lines) + "\r\n"


def detailed_calls(folder, words):
    """Ends of which nearly everything is known, where one detail decides."""
    for at in range(50):
        for role in ("client", "server"):
            (folder / f"detailed-{role}{at}.toml").write_text(detailed_peer_file(Draw(9000 + 2 * at + (role == "server")), words, role), encoding="utf-8")
        (folder / f"limits{at}.reg").write_bytes(("\ufeff" + limits_file(Draw(9200 + at))).encode("utf-16-le"))
    commands = []
    for at in range(140):
        draw = Draw(9400 + at)
        machine = f"limits{draw.number(50)}.reg@{draw.one(words.releases)}"
        client, server = draw.one([(machine, "detailed-server"), (machine, "detailed-server"), ("detailed-client", machine), ("detailed-client", "detailed-server"), (machine, machine)])
        ends = [end if end == machine else f"{end}{draw.number(50)}.toml" for end in (client, server)]
        command = ["doctor", "--client", ends[0], "--server", ends[1], "--whole", "--format", "json"]
        if client == machine and draw.one_in(3):
            command += ["--app", draw.one(APPLICATIONS)]
        if draw.one_in(2):
            command += ["--error", draw.one(ERRORS)]
        commands.append(command)
    return commands


# Few suites each, so that what one end lacks decides.
NARROW_FAMILIES = [["TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"], ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_GCM_SHA384"],
                   ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"], ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"],
                   ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"], ["TLS_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_WITH_RC4_128_SHA"], ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"]]
VERSIONS = [["TLS 1.2"], ["TLS 1.2"], ["TLS 1.3"], ["TLS 1.2", "TLS 1.3"], ["TLS 1.0"], ["TLS 1.0", "TLS 1.1"], ["SSL 3.0", "TLS 1.0"], ["SSL 2.0"], ["SSL 3.0"]]


def narrow_peer(draw, role):
    """One end with little of everything."""
    lines = ["format = 1", "[peer]", f'role = "{role}"']
    if not draw.one_in(5):
        lines.append("protocols = " + listed(draw.one(VERSIONS)))
    suites = [name for family in draw.some(NARROW_FAMILIES, 2) for name in draw.some(family, 2)]
    if not draw.one_in(6):
        lines.append("cipher_suites = " + listed(suites))
    if draw.one_in(2):
        lines.append("groups = " + listed(draw.some(["x25519", "secp224r1", "secp192r1", "secp256r1", "secp521r1", "brainpoolP256r1", "X25519MLKEM768"], 2)))
    if draw.one_in(3):
        lines.append("signature_hashes = " + listed(draw.some(["SHA1", "SHA256", "SHA512"], 2)))
    lines += [f"{name} = {draw.one(['true', 'false'])}" for name in ("secure_renegotiation", "extended_master_secret", "complete") if draw.one_in(3)]
    if role == "client":
        lines += [f"{name} = {draw.one([512, 1024, 2048, 3072, 4096])}" for name in ("dh_min_bits", "rsa_min_bits") if draw.one_in(3)]
        return "\n".join(lines) + "\n"
    if draw.one_in(2):
        lines.append(f"dh_bits = {draw.one([384, 512, 1024, 2048, 8192])}")
    key = draw.one(['key = "RSA", bits = 2048', 'key = "RSA", bits = 16384', 'key = "RSA", bits = 512', 'key = "ECDSA", curve = "P-256"', 'key = "ECDSA", curve = "P-521"', 'key = "DSA", bits = 1024', ""])
    if key:
        lines.append(f'certificate = {{ {key}, signature_hash = "{draw.one(["SHA256", "SHA1", "MD5", "SHA512"])}" }}')
    return "\n".join(lines) + "\n"


def gated_machine(draw):
    """A machine whose SCHANNEL, lists and layers are set against one or two protocols, suites or lengths."""
    lines = ["Windows Registry Editor Version 5.00", ""]

    def put(key, *values):
        lines.extend([f"[{key}]", *values, ""])
    for _ in range(draw.number(4)):
        on = draw.one_in(3)
        put(rf"{SCHANNEL}\Protocols\{draw.one(PROTOCOLS[2:])}\{draw.one(['Client', 'Server'])}", *draw.some([f'"Enabled"=dword:{int(on)}', f'"DisabledByDefault"=dword:{int(not on)}'], 2))
    for _ in range(draw.number(3)):
        switch = draw.one([r"Ciphers\AES 128/128", r"Ciphers\AES 256/256", r"Ciphers\Triple DES 168", r"Hashes\SHA", r"Hashes\SHA256", r"Hashes\SHA384", r"KeyExchangeAlgorithms\ECDH",
                           r"KeyExchangeAlgorithms\PKCS", r"KeyExchangeAlgorithms\Diffie-Hellman"])
        put(rf"{SCHANNEL}\{switch}", '"Enabled"=dword:0')
    if draw.one_in(2):
        put(rf"{SCHANNEL}\KeyExchangeAlgorithms\{draw.one(['Diffie-Hellman', 'PKCS'])}", f'"{draw.one(["ClientMinKeyBitLength", "ClientMaxKeyBitLength", "ServerMinKeyBitLength"])}"=dword:{draw.one([512, 1024, 2048, 3072]):08x}')
    if draw.one_in(2):
        suites = [name for family in draw.some(NARROW_FAMILIES, 3) for name in draw.some(family, 2)]
        put(POLICY, '"Functions"="' + draw.one([",", ",", ", ", ";"]).join(suites + draw.one([[], ["TLS_NO_SUCH_SUITE"], suites[:1], ["TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384"], ["TLS_X" + "X" * 900]])) + '"',
            *draw.some(['"EccCurves"="NistP256"', '"EccCurves"="curve25519,NistP256,NistP256"', '"EccCurves"="x25519_mlkem768"', '"EccCurves"="nistP224"'], 1))
    if draw.one_in(4):
        put(draw.one([LOCAL, POLICY]), draw.one(['"Functions"=dword:00000001', '"EccCurves"=hex:00', '"Functions"=hex(7):00,00']))
    if draw.one_in(5):
        put(LOCAL[:-1] + "3", '"Functions"=hex(7):' + ",".join(f"{byte:02x}" for byte in draw.one(["RSA/SHA512\0\0", "RSA/SHA1\0ECDSA/SHA1\0\0", "RSA/SHA384\0ECDSA/SHA256\0\0"]).encode("utf-16-le")))
    for key in [*DOTNET, *WINHTTP]:
        if draw.one_in(5):
            name = "DefaultSecureProtocols" if key in WINHTTP else draw.one(["SchUseStrongCrypto", "SystemDefaultTlsVersions"])
            put(key, f'"{name}"=' + draw.one(["dword:0", "dword:1", "dword:800", "dword:2000", "dword:10a80", '"1"']))
    for _ in range(draw.number(3)):
        put(SCHANNEL, f'"{draw.one([*NUMBERS, "ClientAuthTrustMode", "DisableRenegoOnServer", "DisableRenegoOnClient", "IssuerCacheSize", "EnableOcspStaplingForSni", "LogFileName"])}"=' +
            draw.one(["dword:0", "dword:1", "dword:7", "dword:240c8400", "dword:240c8401", "hex:01,00,00,00", "hex(4):01,00", '"1"', "-"]))
    if draw.one_in(3):
        put(rf"{SCHANNEL}\Messaging", f'"MessageLimit{draw.one(["Client", "Server", "ServerClientAuth"])}"=dword:{draw.one([0, 1, 16383, 16384, 16777215, 16777216]):08x}')
    if draw.one_in(6):
        put(FIPS, '"Enabled"=dword:1')
    if draw.one_in(3):
        # What is none of Windows' settings, or nearly one.
        put(draw.one([r"HKEY_LOCAL_MACHINE\SOFTWARE\Contoso", r"HKEY_CURRENT_USER\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANEL", rf"{SCHANNEL}X\Protocols\TLS 1.2\Client", SCHANNEL[:-9]]),
            *draw.some(['"Enabled"=dword:0', '"Other"=-', '"EventLoging"=dword:1'], 2))
        lines += draw.one([[r"[-HKEY_LOCAL_MACHINE\SOFTWARE\Contoso\Old]", ""], [rf"[-{SCHANNEL}\Protocols\TLS 1.0]", ""], []])
    if draw.one_in(3):
        lines += lines[2:2 + draw.number(6)] + [""]
    return "\r\n".join(lines) + "\r\n"


# What an error says by one word or number more or less.
NEAR_MESSAGES = ["failed with CannotPack", "failed with algorithmMismatch", "failed with Algorithm_Mismatch", "event 36864", "event 36887:40", "event 36887:", "36887 40 more words", "fatal error code is",
                 "0x80090331 A fatal alert was received from the remote endpoint.", "fatal error code", "EventData AlertDesc 40", "alert 255", "alert 40, then alert 70", "some error code 40",
                 "36887 Der im TLS-Protokoll definierte Code: 40", "36888 Der im TLS-Protokoll definierte Code: 40", "36874 Der im TLS-Protokoll definierte Code: 40", "TLS-Protokoll: 40",
                 "36887 TLS-Protokoll 13", "36871 state 105", "error &h80090331", "0x80131501 0x80131500"]


def sslscan(lines):
    """A scan as sslscan writes it."""
    return f'<document title="SSLScan Results" version="2.1.3"><ssltest host="printer.example" port="443">{"".join(lines)}</ssltest></document>'


def taken(version, cipher, number, more=""):
    return f'<cipher status="accepted" sslversion="{version}" bits="128" cipher="{cipher}" id="{number}" {more}/>'


def shown(key, hash_name=""):
    signature = f"<signature-algorithm>{hash_name}WithRSAEncryption</signature-algorithm>" if hash_name else ""
    return f'<certificates><certificate type="short">{signature}<pk error="false" {key}/><subject>a</subject><issuer>b</issuer></certificate></certificates>'


def calls_that_one_thing_decides(folder):
    """Ends of which little is said, so that one word of it makes the answer."""
    def client(name, *lines):
        (folder / f"{name}.toml").write_text("\n".join(["[peer]", 'role = "client"', *lines]) + "\n", encoding="utf-8")

    def server(name, *lines):
        (folder / f"{name}.toml").write_text("\n".join(["[peer]", *lines]) + "\n", encoding="utf-8")

    def machine(name, values):
        (folder / f"{name}.reg").write_bytes(export_of(values))

    def scan(name, *lines):
        (folder / f"{name}.xml").write_text(sslscan(lines), encoding="utf-8")

    def protocols(*names):
        return "protocols = " + listed(names)

    def suites(*names):
        return "cipher_suites = " + listed(names)

    def groups(*names):
        return "groups = " + listed(names)

    def off(*names, roles=("Client", "Server")):
        return {rf"{SCHANNEL}\Protocols\{name}\{role}": {"Enabled": number(0), "DisabledByDefault": number(1)} for name in names for role in roles}

    server("any")
    server("any-1.2", protocols("TLS 1.2"))
    server("rsa-1.2", protocols("TLS 1.2"), suites("TLS_RSA_WITH_AES_128_CBC_SHA"))
    client("anyone")
    client("range-client", protocols("TLS 1.2"), suites("TLS_DHE_RSA_WITH_AES_128_CBC_SHA"), "dh_min_bits = 1024", "dh_max_bits = 2048")
    for name, least, most in (("range-below", 512, 2048), ("range-above", 2048, 4096)):
        server(name, protocols("TLS 1.2"), suites("TLS_DHE_RSA_WITH_AES_128_CBC_SHA"), f"dh_min_bits = {least}", f"dh_max_bits = {most}")
    ecdhe = (protocols("TLS 1.2"), suites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
    client("verifies-sha256", *ecdhe, groups("x25519"), 'signature_hashes = ["SHA256"]', "rsa_min_bits = 1024")
    server("signs-sha1", *ecdhe, groups("x25519"), 'handshake_signatures = ["RSA+SHA1"]', 'certificate = { key = "RSA", bits = 512, signature_hash = "SHA256" }')
    anonymous = (protocols("TLS 1.2"), suites("TLS_DH_anon_WITH_AES_128_CBC_SHA"))
    client("anonymous-client", *anonymous, 'certificate = { key = "RSA", bits = 2048, signature_hash = "MD5" }')
    server("anonymous-server", *anonymous, 'signature_hashes = ["SHA256"]', 'certificate = { key = "RSA", bits = 2048, signature_hash = "SHA256" }')
    client("order-client", *ecdhe, groups("secp256r1", "secp384r1"), "complete = true")
    server("order-server", *ecdhe, groups("x25519", "secp256r1", "secp384r1"), "complete = true")
    client("x25519-client", *ecdhe, groups("x25519"))
    server("ffdhe-server", *ecdhe, groups("ffdhe2048", "secp384r1"))
    client("des-client", protocols("TLS 1.2"), suites("TLS_DHE_RSA_WITH_DES_CBC_SHA"), "dh_min_bits = 2048", "complete = true")
    server("des-server", protocols("TLS 1.2"), suites("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_DHE_RSA_WITH_DES_CBC_SHA"), "dh_bits = 1024", 'cipher_order = "server"', 'certificate = { key = "RSA", bits = 2048 }')
    server("not-renegotiating", protocols("TLS 1.3"), suites("TLS_AES_128_GCM_SHA256"), groups("x25519", "secp256r1"), "secure_renegotiation = false")
    server("only-1.3", protocols("TLS 1.3"))
    client("gcm-client", *ecdhe, groups("secp256r1"))
    server("rare-curves", *ecdhe, groups("secp192r1", "secp256k1"), "complete = true", 'certificate = { key = "RSA", bits = 2048 }')
    machine("lower-case", {POLICY: {"Functions": text("tls_ecdhe_rsa_with_aes_128_gcm_sha256")}})
    machine("strict", {SCHANNEL: {"AllowInsecureRenegoClients": number(0), "AllowInsecureRenegoServers": number(0)}})
    machine("no-1.1", off("TLS 1.1"))
    machine("only-1.0", off("TLS 1.1", "TLS 1.2", "TLS 1.3"))
    machine("winhttp-1.2", {**off("TLS 1.0", "TLS 1.1", "TLS 1.2"), WINHTTP[0]: {"DefaultSecureProtocols": number(0x800)}})
    machine("no-protocol", off("TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"))
    machine("no-1.2", off("TLS 1.2", roles=["Server"]))
    machine("short-keys", {PKCS: {"ClientMaxKeyBitLength": number(1024)}})
    machine("bad-list", {rf"{SCHANNEL}\Protocols\TLS 1.0\Server": {"DisabledByDefault": number(1)}, POLICY: {"Functions": text("TLS_NO_SUCH_SUITE")}})
    machine("spaced-list", {POLICY: {"Functions": text("TLS_RSA_WITH_RC4_128_SHA, TLS_RSA_WITH_3DES_EDE_CBC_SHA, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384")}})
    machine("ecdsa-list", {LOCAL: {"Functions": strings(["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"])}})
    machine("md5-client", {rf"{SCHANNEL}\Hashes\MD5": {"Enabled": number(1)}, rf"{SCHANNEL}\Protocols\TLS 1.2\Server": {"DisabledByDefault": "hex:01"}})
    client("old-and-new", protocols("SSL 3.0", "TLS 1.2", "TLS 1.3"), suites("TLS_RSA_WITH_RC4_128_MD5"))
    client("hole", protocols("SSL 3.0", "TLS 1.1", "TLS 1.3"))
    client("hole-1.1", protocols("TLS 1.0", "TLS 1.2", "TLS 1.3"))
    client("perhaps-more", protocols("TLS 1.0"), "complete = false")
    server("old", protocols("TLS 1.0", "TLS 1.1"))
    server("dsa", protocols("TLS 1.0"), suites("TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"), 'certificate = [{ key = "DSA", bits = 1024, signature_hash = "SHA256" }]')
    server("perhaps-older", protocols("TLS 1.0"), "complete = false", 'certificate = { key = "ECDSA", curve = "P-521", signature_hash = "SHA512" }')
    server("curves", protocols("TLS 1.3"), suites("TLS_CHACHA20_POLY1305_SHA256"), groups("secp521r1", "X25519MLKEM768", "ffdhe2048", "secp256r1"))
    server("p521", protocols("TLS 1.2", "TLS 1.3"), 'certificate = { key = "ECDSA", curve = "P-521", signature_hash = "SHA512" }')
    client("brainpool", suites("TLS_RSA_WITH_3DES_EDE_CBC_SHA"), groups("brainpoolP256r1"))
    client("brainpool-1.0", protocols("TLS 1.0"), suites("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), groups("brainpoolP256r1"))
    client("secp192", suites("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), groups("secp192r1"))
    client("long-groups", protocols("TLS 1.2"), suites("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"), "dh_min_bits = 4096")
    scan("scan-curves", '<protocol type="ssl" version="3" enabled="0"/>', taken("TLSv1.2", "AES128-GCM-SHA256", "0x009C"),
         taken("TLSv1.2", "ECDHE-RSA-CHACHA20-POLY1305", "0xCCA8", 'curve="P-384" ecdhebits="384"'), taken("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256", "0xC02B", 'curve="P-256" ecdhebits="256"'),
         shown('type="EC" curve_name="prime256v1" bits="256"'))
    scan("scan-versions", '<protocol type="ssl" version="2" enabled="0"/>', taken("TLSv1.0", "ECDHE-RSA-AES256-GCM-SHA384", "0xC030", 'curve="P-521" ecdhebits="521"'),
         taken("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256", "0x1303", 'curve="25519" ecdhebits="253"'), '<group sslversion="TLSv1.2" bits="128" name="secp256r1" id="0x0017"/>',
         '<group sslversion="TLSv1.2" bits="192" name="secp384r1" id="0x0018"/>', shown('type="RSA" bits="2048"'))
    scan("scan-md5", taken("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", "0xC030", 'curve="P-384" ecdhebits="384"'), shown('type=""', "md5"))
    scan("scan-1.1", '<protocol type="tls" version="1.2" enabled="0"/>', taken("TLSv1.1", "DES-CBC3-SHA", "0x000A"), taken("TLSv1.1", "AES256-SHA", "0x0035"), shown('type=""'))
    scan("scan-512", shown('type="RSA" bits="512"'))
    scan("scan-dh", taken("TLSv1.0", "DHE-RSA-AES128-SHA", "0x0033", 'dhebits="2048"'), shown('type=""'))
    scan("scan-dh-1.2", '<protocol type="ssl" version="3" enabled="0"/>', taken("TLSv1.2", "AES256-SHA", "0x0035"), taken("TLSv1.2", "DHE-RSA-AES128-GCM-SHA256", "0x009E", 'dhebits="1024"'), shown('type=""'))
    (folder / "one-suite.toml").write_text('format = 1\n[cipher_suites.policy]\norder = ["TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"]\n', encoding="utf-8")
    (folder / "only-3des.toml").write_text('format = 1\n[cipher_suites.local]\norder = ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]\n', encoding="utf-8")
    pairs = [
        ("range-client.toml", "range-below.toml"), ("range-client.toml", "range-above.toml"), ("verifies-sha256.toml", "signs-sha1.toml"), ("anonymous-client.toml", "anonymous-server.toml"),
        ("order-client.toml", "order-server.toml"), ("x25519-client.toml", "ffdhe-server.toml"), ("des-client.toml", "des-server.toml"), ("strict.reg@windows-11-24h2", "not-renegotiating.toml"),
        ("no-1.1.reg@windows-10-22h2", "only-1.0.reg@windows-server-2019", "--app", "schannel:tls11"), ("winhttp-1.2.reg@windows-11-24h2", "no-protocol.reg@windows-server-2022", "--app", "winhttp"),
        ("brainpool.toml", "curves.toml"), ("brainpool-1.0.toml", "scan-curves.xml"), ("secp192.toml", "scan-versions.xml"), ("os:windows-xp", "scan-md5.xml"), ("long-groups.toml", "os:windows-8.1"),
        ("os:windows-10-21h1", "no-1.2.reg@windows-server-2012", "--app", "winhttp"), ("os:windows-server-2008-sp2", "bad-list.reg@windows-server-2004"),
        ("os:windows-server-2012", "any.toml", "--app", "dotnet", "--whole"), ("os:windows-server-2012-r2", "any.toml", "--app", "dotnet-8"), ("os:windows-11-25h2", "any.toml", "--app", "schannel-cred"),
        ("old-and-new.toml", "md5-client.reg@windows-server-2012"), ("os:windows-8.1", "os:windows-server-1903", "--error", "ERROR_NO_LOGON_SERVERS"), ("short-keys.reg@windows-server-2008-sp2", "scan-512.xml"),
        ("hole.toml", "os:windows-server-2003"), ("hole-1.1.toml", "os:windows-server-2008-r2", "--service", "winrm"), ("perhaps-more.toml", "old.toml"), ("os:windows-server-2008", "dsa.toml"),
        ("os:windows-7", "os:windows-8.1", "--error", "SEC_E_INTERNAL_ERROR"), ("ecdsa-list.reg@windows-8", "os:windows-8.1", "--error", "36888:80"), ("os:windows-server-2008-r2", "scan-dh.xml"),
        ("os:windows-8", "os:windows-10-21h2", "--error", "SEC_E_UNTRUSTED_ROOT"), ("anyone.toml", "any.toml", "--error", "ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY"),
        ("spaced-list.reg@windows-10-22h2", "os:windows-10-2004"), ("os:windows-server-2012", "scan-dh-1.2.xml", "--error", "0x80072F7D"), ("os:windows-10-1511", "os:windows-server-1709", "--app", "wininet"),
        ("os:windows-8", "any-1.2.toml", "--app", "dotnet-2.0"), ("os:windows-8.1", "perhaps-older.toml"), ("os:windows-vista", "os:windows-server-2012-r2", "--error", "ERR_SSL_BAD_RECORD_MAC_ALERT"),
        ("os:windows-11-24h2", "only-1.3.toml", "--app", "schannel-cred"), ("gcm-client.toml", "lower-case.reg@windows-server-2019"), ("os:windows-10-1607", "rare-curves.toml")]
    commands = [["doctor", "--client", ours, "--server", theirs, *more] for ours, theirs, *more in pairs]
    commands += [["diff", "one-suite.toml", "--target", "os:windows-11-23h2", "--peers", "p521.toml"], ["diff", "only-3des.toml", "--target", "os:windows-server-2012", "--peers", "scan-1.1.xml"]]
    return commands + [["doctor", "--error", error] for error in NEAR_MESSAGES]


def inputs(folder, words):
    """The files, and the commands that are run on them, always the same."""
    commands = []
    for at, release in enumerate(words.releases):
        commands.append(["status", f"os:{release}", "--all", "--format", "json" if at % 2 else "text"])
    for at in range(110):
        draw = Draw(1000 + at)
        name, release = f"s{at}.reg", draw.one(words.releases)
        (folder / name).write_bytes(registry_file(draw, words))
        more = ["--os", release, *(["--whole"] if draw.number(3) else []), *(["--update", draw.one(words.kinds["updates"])] if draw.one_in(4) else [])]
        commands += [["status", name, *more, "--all", "--format", "json"], ["lint", name, *more, "--all"], ["diff", "--from", f"os:{release}", "--to", name, *more, "--all"]]
        if at % 5 == 0:
            commands += [["status", name, *more], ["lint", name, "--format", "json"]]
    for at in range(70):
        draw = Draw(2000 + at)
        name, release = f"p{at}.toml", draw.one(words.releases)
        (folder / name).write_text(profile_file(draw, words), encoding="utf-8")
        state = draw.number(110)
        commands += [["lint", name, "--os", release, "--all", "--format", draw.one(["text", "json"])], ["diff", name, "--target", f"os:{release}", "--all"]]
        if at % 3 == 0:
            commands += [["lint", name], ["diff", name, "--target", f"s{state}.reg", "--os", release, "--format", "json"]]
        if at % 7 == 6:
            commands.append(["diff", f"p{at - 1}.toml", name])
    commands += [["lint", name] for name in words.profiles]
    for at, miss in enumerate(MISSES):
        draw = Draw(6000 + at)
        name, release = f"m{at}.reg", draw.one(words.releases)
        control = draw.one(["CurrentControlSet", "CurrentControlSet", "ControlSet001", "CurrentControlSet001"])
        lines = ["Windows Registry Editor Version 5.00", ""]
        for key in (miss, draw.one(MISSES)):
            lines += ["; schancfg: allow near-miss meant so"] if draw.one_in(6) else []
            lines += [rf"[HKEY_LOCAL_MACHINE\SYSTEM\{control}\Control\SecurityProviders\{key}]"]
            lines += [f'"{value}"={draw.one(["dword:00000000", "dword:00000001", "dword:ffffffff", chr(34) + "0" + chr(34), "hex:00", "-"])}' for value in draw.some(MISSED_VALUES, 3)]
        (folder / name).write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-16-le"))
        commands += [["lint", name, "--all"], ["lint", name, "--os", release, "--format", "json"], ["diff", name, "--target", f"os:{release}"]]
    for at in range(40):
        draw = Draw(7000 + at)
        name, base, release = f"a{at}.toml", profile_file(draw, words).splitlines(), draw.one(words.releases)
        for _ in range(3):
            line = draw.number(len(base) - 1) + 1
            rule = draw.one(words.kinds["rules"][:60])
            base[line] = draw.one([f"{base[line]}  # schancfg: allow {rule} known here", f"# schancfg: allow {rule} known here\n{base[line]}", f"{base[line]} # schancfg: allow {rule}", f"{base[line]} # a \"remark\" 'here'"])
        (folder / name).write_text("\n".join(base) + "\n", encoding="utf-8")
        commands += [["lint", name, "--os", release, "--all"], ["lint", name, "--format", "json"]]
    for at in range(60):
        for role in ("client", "server"):
            draw = Draw(3000 + 2 * at + (role == "server"))
            (folder / f"{role}{at}.toml").write_text(peer_file(draw, words, role), encoding="utf-8")
    for at in range(230):
        draw = Draw(4000 + at)

        def end(role):
            kind = draw.number(6)
            if kind < 3:
                return f"{role}{draw.number(60)}.toml"
            if kind == 3:
                return f"os:{draw.one(words.releases)}"
            return f"s{draw.number(110)}.reg@{draw.one(words.releases)}"
        command = ["doctor", "--client", end("client"), "--server", end("server")]
        if draw.one_in(3) and not command[2].endswith(".toml"):
            command += ["--app", draw.one(APPLICATIONS)]
        if draw.one_in(4) and not command[4].endswith(".toml"):
            command += ["--service", draw.one(SERVICES)]
        if draw.one_in(3):
            command += ["--error", draw.one(ERRORS)]
        if draw.one_in(3):
            command.append("--whole")
        commands.append(command)
        if at % 3 == 0:
            commands.append([*command, "--format", "json"])
    for at in range(12):
        draw = Draw(5000 + at)
        commands.append(["diff", f"p{draw.number(70)}.toml", "--target", f"os:{draw.one(words.releases)}", "--peers", f"server{draw.number(60)}.toml", "--peers", f"client{draw.number(60)}.toml"])
    for at in range(70):
        # Old Windows, .NET and certificates on either side: what most calls are about.
        draw = Draw(8000 + at)
        old = [release for release in words.releases if any(part in release for part in ("-7", "2008", "2012", "8", "vista", "xp"))]
        client = draw.one([f"os:{draw.one(old)}", f"s{draw.number(110)}.reg@{draw.one(old)}", f"client{draw.number(60)}.toml"])
        server = draw.one([f"os:{draw.one(old)}", f"server{draw.number(60)}.toml", f"server{draw.number(60)}.toml"])
        command = ["doctor", "--client", client, "--server", server, *(["--app", draw.one(APPLICATIONS)] if not client.endswith(".toml") else []), *(["--update", "none"] if draw.one_in(3) else [])]
        commands.append(command)
    commands += [["doctor", "--error", error] for error in [*ERRORS, *MESSAGES]]
    commands += [["explain", word] for word in SPELLINGS]
    for kind, names in words.kinds.items():
        if kind != "words":
            commands += [["explain", *names[at:at + 12]] for at in range(0, len(names), 12)]
            commands += [["explain", *names[at:at + 40], "--format", "json"] for at in range(0, len(names), 40)]
    for at in range(50):
        draw = Draw(9000 + at)
        name = f"v{at}.reg"
        (folder / name).write_bytes(read_values_file(draw, words))
        release = draw.one([*words.releases, "windows-server-2003", "windows-server-2008-sp2", "windows-7", "windows-server-2012", "windows-server-2012-r2", "windows-server-2016", "windows-10-22h2",
                            "windows-server-2022", "windows-11-22h2", "windows-11-24h2", "windows-server-2025"])
        more = ["--os", release, *(["--whole"] if draw.number(3) else []), *(word for update in draw.one([[], ["none"], draw.some(UPDATES, 4)]) for word in ("--update", update))]
        commands.append(["status", name, *more, "--all", "--format", "json"])
        commands.append(["diff", "--from", f"v{at - 1}.reg" if at % 2 else f"os:{release}", "--to", name, *more, "--all", *(["--format", "json"] if draw.number(2) else [])])
    commands += [["explain", "--list", kind] for kind in words.kinds]
    commands.append(["explain", *words.profiles])
    commands += [["explain", word] for word in MORE_SPELLINGS]
    for at in range(48):
        draw = Draw(11000 + at)
        name, release = f"g{at}.reg", draw.one(words.releases[at % 3:])
        (folder / name).write_bytes(("\ufeff" + gated_machine(draw)).encode("utf-16-le"))
        commands.append(["lint", name, *(["--os", release] if at % 3 else []), *(["--whole"] if at % 3 == 1 else []), "--all"])
    for at in range(12):
        draw = Draw(12000 + at)
        name, others = f"e{at}.toml", [f"p{draw.number(70)}.toml" for _ in range(2 + draw.number(2))]
        (folder / name).write_text("format = 1\nextends = [" + ", ".join(f'"{other}"' for other in others) + "]\n" + draw.one(["", '[protocols]\n"TLS 1.2" = "enabled"\n', '[ciphers]\n"AES 128/128" = "disabled"\n']), encoding="utf-8")
        commands.append(["lint", name, "--os", draw.one(words.releases), "--all"])
    for at in range(90):
        # What one end lacks, and what each could do about it.
        draw = Draw(13000 + at)
        ends = {}
        for role in ("client", "server"):
            name = f"n{at}{role}.toml"
            (folder / name).write_text(narrow_peer(draw, role), encoding="utf-8")
            ends[role] = draw.one([name, name, f"os:{draw.one(words.releases)}", f"g{draw.number(48)}.reg@{draw.one(words.releases)}"])
        command = ["doctor", "--client", ends["client"], "--server", ends["server"]]
        if not ends["client"].endswith(".toml") and draw.one_in(2):
            command += ["--app", draw.one([*APPLICATIONS, "winhttp", "dotnet-3.5"])]
        if draw.one_in(4):
            command += ["--error", draw.one([*ERRORS, "ERR_HTTP2_INADEQUATE_TRANSPORT_SECURITY", "0x8009030F", "36888"])]
        if draw.one_in(2):
            command.append("--whole")
        commands.append(command)
    # Nothing is advised that an end has already.
    (folder / "renegotiates.toml").write_text('format = 1\n[peer]\nrole = "server"\nprotocols = ["TLS 1.2"]\nsecure_renegotiation = true\n', encoding="utf-8")
    commands.append(["doctor", "--client", "os:windows-11-24h2", "--server", "renegotiates.toml", "--error", "unsafe legacy renegotiation disabled"])
    # The two sides of a difference may be of different releases.
    commands += [["diff", "--from", f"os:{one}", "--to", f"os:{other}"] for one, other in (("windows-vista", "windows-server-2025"), ("windows-server-2025", "windows-vista"),
                                                                                           ("windows-10-22h2", "windows-server-2016"), ("windows-server-2008-sp2", "windows-11-24h2"))]
    # What an article describes is nothing to install.
    commands.append(["doctor", "--client", "os:windows-10-1511", "--server", "os:windows-10-21h2", "--error", "0x80090326"])
    return commands + detailed_calls(folder, words) + calls_that_one_thing_decides(folder)


def main():
    program = [str(pathlib.Path(word).resolve()) if pathlib.Path(word).exists() else word for word in sys.argv[sys.argv.index("--") + 1:]]
    expected = pathlib.Path(__file__).with_name("answers.txt")
    # Lines are as long everywhere where the folder's name is.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = pathlib.Path(name)
        commands = inputs(folder, Words(program))
        environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "LC_ALL": "C.UTF-8"}

        def answer(command):
            got = subprocess.run([*program, *command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            output, errors = (printed.replace(name.encode(), b"/tmp/folder01234") for printed in (got.stdout, got.stderr))
            return got.returncode, output, errors

        if "--show" in sys.argv:
            _, output, errors = answer(commands[int(sys.argv[sys.argv.index("--show") + 1])])
            sys.stdout.buffer.write(output + errors)
            return 0

        def line(numbered):
            at, command = numbered
            code, output, errors = answer(command)
            text = (output or errors).decode()
            first = next((each for each in text.splitlines() if each.strip() and command[-1] != "json"), "")
            digest = hashlib.sha256(output + b"\0" + errors).hexdigest()[:12]
            return f"{at} {code} {digest} {' '.join(command if command[0] != 'explain' else [*command[:2], '...'])} | {first}".rstrip(" |")

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            lines = list(pool.map(line, enumerate(commands)))
    # A crash is no answer, whoever approves it.
    ended = [each for each in lines if each.split()[1] not in ("0", "1", "2", "3", "4", "5")]
    if ended:
        print("\n".join(ended))
        return 1
    if os.environ.get("SCHANCFG_APPROVE") == "1":
        expected.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return 0
    before = expected.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, lines) if old != new]
    for old, new in changed[:20]:
        print(f"- {old}\n+ {new}")
    if changed or len(before) != len(lines):
        print(f"{len(changed)} of {len(lines)} answers are not those of {expected.name}, which has {len(before)}; check_answers.py --show N prints one whole")
        return 1
    print(f"{len(lines)} answers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
