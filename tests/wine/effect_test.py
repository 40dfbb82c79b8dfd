"""What `status` says of the client's protocols is what a process then gets from Schannel, and what it shakes hands with.

The states are generated: any mixture of the two values for each protocol. Where no value of a protocol decides, Windows and Wine 8 have
defaults of their own (WINE_DEFAULT), and Wine's are expected: SSL 3.0 is on in Wine, and on request in Server 2022. They differ in nothing
else here.
"""

import json
import random
import unittest

from tls_server import TlsServer
from wine_registry import CLIENT, SCHANNEL, WineTest, windows_path

BITS = {"SSL 3.0": 0x20, "TLS 1.0": 0x80, "TLS 1.1": 0x200, "TLS 1.2": 0x800}
ALL = sum(BITS.values())
# Of Wine: dlls/secur32/schannel.c, protocol_config_keys.
WINE_DEFAULT = {name: "on" for name in BITS}
# GnuTLS and OpenSSL have no SSL 3.0 any more, so no handshake ends there.
SHAKEN = ("TLS 1.2", "TLS 1.1", "TLS 1.0")
STATES = 44
# SEC_E_NO_AUTHENTICATING_AUTHORITY, which Schannel gives where no protocol is on.
NOTHING_LEFT = "0x80090311"


def generated_states():
    chance = random.Random(20348)
    for _ in range(STATES):
        yield {name: (chance.choice((None, None, 0, 1, 1, 0xFFFFFFFF)), chance.choice((None, None, 0, 1))) for name in BITS}


def bits(line):
    """The protocols of credentials; none where Schannel has none to give them."""
    return 0 if line == "refused: " + NOTHING_LEFT else int(line, 16)


def profile(state):
    lines = ["format = 1"]
    for name, values in state.items():
        lines.append("[registry.'%s\\Protocols\\%s\\Client']" % (SCHANNEL, name))
        lines += ["%s = %s" % (value, '"default"' if data is None else data) for value, data in zip(("Enabled", "DisabledByDefault"), values)]
    return "\n".join(lines) + "\n"


class Effect(WineTest):
    def setUp(self):
        super().setUp()
        server = TlsServer(self.folder / "files", "-cipher", "ALL:@SECLEVEL=0", "-no_tls1_3")
        self.addCleanup(server.stop)
        self.port = server.port

    def said(self):
        """What `status` says of each protocol: `on`, `on-request` or `off`, and whether a value of the registry decided."""
        protocols = {row["name"]: row["client"] for row in json.loads(self.schancfg("status", "--format", "json"))["protocols"]}
        for row in protocols.values():
            # Written since the machine was started.
            self.assertEqual(row.get("pending", False), row["origin"].startswith("HKLM"), row)
        return {name: (protocols[name]["state"], protocols[name]["origin"].startswith("HKLM")) for name in BITS}

    def test_what_status_says_is_what_a_client_gets(self):
        decided = 0
        for state in generated_states():
            with self.subTest(state=state):
                self.schancfg("apply", windows_path(self.file("state.toml", profile(state))), "--yes", "--force")
                said = self.said()
                decided += sum(by_value for _, by_value in said.values())
                expected = {name: answer if by_value else WINE_DEFAULT[name] for name, (answer, by_value) in said.items()}
                on = [name for name in BITS if expected[name] == "on"]
                named = [name for name in BITS if expected[name] in ("on", "on-request")]
                by_default, by_name, handshake = self.run_windows(CLIENT, "--protocols", "0", "%x" % ALL, "127.0.0.1:%d" % self.port, expect=None).splitlines()
                self.assertEqual([bits(by_default), bits(by_name)], [sum(BITS[name] for name in on), sum(BITS[name] for name in named)])
                best = next((name for name in SHAKEN if name in on), None)
                failing = "InitializeSecurityContext failed" if on else "AcquireCredentialsHandle failed: " + NOTHING_LEFT
                self.assertRegex(handshake, "^connected %s$" % best if best else "^" + failing)
        self.assertGreater(decided, STATES)


if __name__ == "__main__":
    unittest.main()
