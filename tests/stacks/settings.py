"""Servers and clients of real TLS stacks with generated settings: the same every time, as the generator is seeded.

A setting is described once, and said in the words of each program: OpenSSL's s_server and s_client, GnuTLS' gnutls-serv, and a file with [peer].
"""

import dataclasses
import random

VERSIONS = ("TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")

RSA = {"AES128-GCM-SHA256": 2, "AES256-GCM-SHA384": 2, "AES128-SHA256": 2, "AES128-SHA": 0, "AES256-SHA": 0, "CAMELLIA128-SHA": 0, "AES128-CCM": 2}
DHE = {"DHE-RSA-AES128-GCM-SHA256": 2, "DHE-RSA-AES256-GCM-SHA384": 2, "DHE-RSA-CHACHA20-POLY1305": 2, "DHE-RSA-AES128-SHA": 0, "DHE-RSA-AES256-SHA": 0}
ECDHE_RSA = {"ECDHE-RSA-AES128-GCM-SHA256": 2, "ECDHE-RSA-AES256-GCM-SHA384": 2, "ECDHE-RSA-CHACHA20-POLY1305": 2, "ECDHE-RSA-AES128-SHA256": 2,
             "ECDHE-RSA-AES128-SHA": 0, "ECDHE-RSA-AES256-SHA": 0}
ECDHE_ECDSA = {"ECDHE-ECDSA-AES128-GCM-SHA256": 2, "ECDHE-ECDSA-AES256-GCM-SHA384": 2, "ECDHE-ECDSA-CHACHA20-POLY1305": 2, "ECDHE-ECDSA-AES128-SHA": 0,
               "ECDHE-ECDSA-AES128-CCM": 2, "ECDHE-ECDSA-AES256-SHA384": 2}
TLS13 = ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")
ALL = {**RSA, **DHE, **ECDHE_RSA, **ECDHE_ECDSA}
CURVES = ("X25519", "P-256", "P-384", "P-521")
FAMILIES = {"rsa": (RSA, DHE, ECDHE_RSA), "ecdsa": (ECDHE_ECDSA,)}


@dataclasses.dataclass(frozen=True)
class Server:
    name: str
    stack: str           # openssl, gnutls
    certificate: str     # rsa1024, rsa2048, rsa3072, p256, p384
    versions: tuple      # of VERSIONS, without a gap
    suites: tuple        # OpenSSL's names, up to TLS 1.2
    suites13: tuple
    groups: tuple
    dh_bits: int         # of the group for DHE; 0: none is used
    own_order: bool

    def openssl(self, port, files):
        arguments = ["openssl", "s_server", "-accept", "127.0.0.1:%d" % port, "-quiet", "-cert", files[self.certificate + ".pem"], "-key", files[self.certificate + ".key"],
                     *openssl_versions(self.versions), "-groups", ":".join(self.groups), "-cipher", ":".join((*self.suites, "@SECLEVEL=0")) if self.suites else "DEFAULT:@SECLEVEL=0"]
        if self.suites13:
            arguments += ["-ciphersuites", ":".join(self.suites13)]
        if self.dh_bits:
            arguments += ["-dhparam", files["dh%d.pem" % self.dh_bits]]
        return arguments + (["-serverpref"] if self.own_order else [])

    def gnutls(self, port, files):
        priority = ["NONE", "+CTYPE-X509", "+COMP-NULL", "+SIGN-ALL", *gnutls_words(self), "%VERIFY_ALLOW_SIGN_WITH_SHA1", "%PROFILE_VERY_WEAK"]
        if self.own_order:
            priority.append("%SERVER_PRECEDENCE")
        arguments = ["gnutls-serv", "--quiet", "--echo", "--port", str(port), "--x509certfile", files[self.certificate + ".pem"], "--x509keyfile", files[self.certificate + ".key"],
                     "--priority", ":".join(priority)]
        return arguments + (["--dhparams", files["dh%d.pem" % self.dh_bits]] if self.dh_bits else [])

    def command(self, port, files):
        return getattr(self, self.stack)(port, files)


@dataclasses.dataclass(frozen=True)
class Client:
    name: str
    versions: tuple
    suites: tuple
    suites13: tuple = ()
    groups: tuple = ("X25519", "P-256", "P-384", "P-521")
    level: int = 0       # OpenSSL's security level: from 1 on no TLS 1.1, from 2 on no 1024 bits

    def openssl(self, port):
        arguments = ["openssl", "s_client", "-connect", "127.0.0.1:%d" % port, "-brief", *openssl_versions(self.versions), "-groups", ":".join(self.groups)]
        arguments += ["-cipher", ":".join((*self.suites, "@SECLEVEL=%d" % self.level)) if self.suites else "DEFAULT:@SECLEVEL=%d" % self.level]
        return arguments + (["-ciphersuites", ":".join(self.suites13)] if self.suites13 else [])

    def peer(self):
        """What s_client does with these settings. It does not verify certificates, so their hashes do not matter to it."""
        return "\n".join(["[peer]", 'role = "client"', "name = %s" % quoted(self.name), "protocols = %s" % listed(self.versions),
                          "cipher_suites = %s" % listed((*self.suites13, *self.suites)), "groups = %s" % listed(self.groups),
                          # SSL_CTX_set_security_level(3): level 2 wants groups of 2048 bits; with DHE 80 bits of security are the least at any level.
                          "dh_min_bits = %d" % (2048 if self.level >= 2 else 1024), "rsa_min_bits = 512", "secure_renegotiation = true", "extended_master_secret = true", ""])


def quoted(text):
    return '"%s"' % text


def listed(words):
    return "[%s]" % ", ".join(map(quoted, words))


def openssl_versions(versions):
    words = {"TLS 1.0": "TLSv1", "TLS 1.1": "TLSv1.1", "TLS 1.2": "TLSv1.2", "TLS 1.3": "TLSv1.3"}
    return ["-min_protocol", words[versions[0]], "-max_protocol", words[versions[-1]]]


def gnutls_words(server):
    """A priority string names algorithms one by one, so that a server may take more suites than are meant; the scans say which."""
    words = ["+VERS-" + version.replace(" ", "") for version in server.versions]
    for suite in server.suites:
        exchange = "ECDHE-ECDSA" if "ECDSA" in suite else "ECDHE-RSA" if suite.startswith("ECDHE") else "DHE-RSA" if suite.startswith("DHE") else "RSA"
        bits = "256" if "256-" in suite or "256_" in suite else "128"
        if "CHACHA20" in suite:
            cipher, mac = "CHACHA20-POLY1305", "AEAD"
        elif "GCM" in suite or "CCM" in suite:
            cipher, mac = "AES-%s-%s" % (bits, "GCM" if "GCM" in suite else "CCM"), "AEAD"
        else:
            cipher = ("CAMELLIA-%s-CBC" if "CAMELLIA" in suite else "AES-%s-CBC") % bits
            mac = {"SHA256": "SHA256", "SHA384": "SHA384", "SHA": "SHA1"}[suite.rsplit("-", 1)[1]]
        words += ["+" + exchange, "+" + cipher, "+" + mac]
    for suite in server.suites13:
        words += ["+AEAD", "+" + ("CHACHA20-POLY1305" if "CHACHA20" in suite else "AES-%s-GCM" % suite.split("_")[2])]
    for group in server.groups:
        words.append("+GROUP-" + {"X25519": "X25519", "P-256": "SECP256R1", "P-384": "SECP384R1", "P-521": "SECP521R1"}[group])
    if server.dh_bits:
        # nmap's hello names ffdhe2048, and GnuTLS keeps to RFC 7919: without that group it would show nmap no DHE at all.
        words.append("+GROUP-FFDHE2048")
    return list(dict.fromkeys(words))


def servers(count, seed):
    """`count` of them, all different: every version range, certificate and family of suites comes up, in turns and at random."""
    pick = random.Random(seed)
    ranges = [VERSIONS[a:b + 1] for a in range(4) for b in range(a, 4)]
    made = []
    while len(made) < count:
        number = len(made)
        stack = "gnutls" if number % 4 == 3 else "openssl"
        certificate = ("rsa2048", "p256", "rsa2048", "rsa3072", "p384", "rsa1024")[number % 6]
        versions = ranges[number % len(ranges)] if number % 3 else ranges[pick.randrange(len(ranges))]
        suites = ()
        if versions[0] != "TLS 1.3":
            families = FAMILIES["rsa" if certificate.startswith("rsa") else "ecdsa"]
            chosen = [family for family in families if pick.random() < 0.6] or [pick.choice(families)]
            names = [name for family in chosen for name, lowest in family.items() if lowest < 2 or "TLS 1.2" in versions]
            if stack == "gnutls":
                names = [name for name in names if not name.startswith("CAMELLIA")]
            if not names:
                continue
            suites = tuple(pick.sample(names, min(len(names), pick.randint(1, 6))))
            # A range of versions without a suite for its oldest ones is another range.
            if all(ALL[name] == 2 for name in suites):
                versions = tuple(version for version in versions if version in ("TLS 1.2", "TLS 1.3"))
        suites13 = tuple(pick.sample(TLS13, pick.randint(1, 3))) if "TLS 1.3" in versions else ()
        groups = tuple(pick.sample(CURVES, pick.randint(1, 4)))
        # The curve of a certificate is taken where its key is used.
        own = {"p256": "P-256", "p384": "P-384"}.get(certificate)
        if own and own not in groups:
            groups += (own,)
        dh_bits = pick.choice((1024, 1536, 2048, 3072)) if any(name.startswith("DHE") for name in suites) else 0
        if stack == "gnutls" and dh_bits:
            dh_bits = 2048  # as its named group, see above
        made.append(Server("%02d-%s-%s" % (number, stack, certificate), stack, certificate, versions, suites, suites13, groups, dh_bits, pick.random() < 0.5))
    return made


def without_each_line(peer):
    """A peer file without one of its facts each, and by which key it is known; the role stays."""
    lines = peer.splitlines()
    for number, line in enumerate(lines):
        key = line.split("=")[0].strip()
        if "=" in line and key not in ("role", "format"):
            yield key, "\n".join(lines[:number] + lines[number + 1:]) + "\n"


CLIENTS = [
    Client("everything", VERSIONS, tuple(ALL), TLS13),
    Client("modern", ("TLS 1.2", "TLS 1.3"), tuple(name for name in (*ECDHE_ECDSA, *ECDHE_RSA) if "GCM" in name or "CHACHA20" in name),
           ("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"), ("X25519", "P-256", "P-384"), 2),
    Client("old", ("TLS 1.0", "TLS 1.1"), ("AES256-SHA", "AES128-SHA", "DHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA"), (), ("P-256", "P-384")),
    Client("long groups", ("TLS 1.2",), ("DHE-RSA-AES256-GCM-SHA384", "DHE-RSA-AES128-SHA", "AES128-GCM-SHA256"), (), ("P-256", "P-384"), 2),
    Client("ChaCha first", ("TLS 1.0", "TLS 1.1", "TLS 1.2"), ("ECDHE-RSA-CHACHA20-POLY1305", "DHE-RSA-CHACHA20-POLY1305", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-CCM", "AES128-SHA")),
    Client("one curve", ("TLS 1.2", "TLS 1.3"), tuple(ECDHE_RSA), ("TLS_AES_128_GCM_SHA256",), ("P-384",)),
]
