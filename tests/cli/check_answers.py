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
import subprocess
import sys
import tempfile

SCHANNEL = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
CURVES_LOCAL = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002"
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


def registry_file(draw, words):
    """An export of one machine, mostly of what an administrator has, now and then of what nobody means."""
    values = {}

    def put(key, name, value):
        values.setdefault(key, {})[name] = value

    def number(value):
        return f"dword:{value:08x}"

    def text(value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def strings(items):
        return "hex(7):" + ",".join(f"{byte:02x}" for byte in "".join(item + "\0" for item in [*items, ""]).encode("utf-16-le"))

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
            put(CURVES_LOCAL, "Functions", strings(draw.some(words.kinds["suites"], 20)))
        if draw.one_in(3):
            put(draw.one([POLICY, CURVES_LOCAL]), "EccCurves", strings(draw.some(words.kinds["curves"][:8], 4)))
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
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, named in values.items():
        lines += [f"[{key}]", *(f'"{name}"={value}' for name, value in named.items()), ""]
    return "\r\n".join(lines) + "\r\n"


def profile_file(draw, words):
    def listed(items):
        return "[" + ", ".join(f'"{item}"' for item in items) + "]"

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
    def listed(items):
        return "[" + ", ".join(f'"{item}"' for item in items) + "]"

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


def inputs(folder, words):
    """The files, and the commands that are run on them, always the same."""
    commands = []
    for at, release in enumerate(words.releases):
        commands.append(["status", f"os:{release}", "--all", "--format", "json" if at % 2 else "text"])
    for at in range(110):
        draw = Draw(1000 + at)
        name, release = f"s{at}.reg", draw.one(words.releases)
        (folder / name).write_bytes(("\ufeff" + registry_file(draw, words)).encode("utf-16-le"))
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
    commands += [["doctor", "--error", error] for error in ERRORS]
    for kind, names in words.kinds.items():
        if kind != "words":
            commands += [["explain", *names[at:at + 12]] for at in range(0, len(names), 12)]
            commands += [["explain", *names[at:at + 40], "--format", "json"] for at in range(0, len(names), 40)]
    return commands


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
