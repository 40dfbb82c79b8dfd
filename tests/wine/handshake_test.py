"""What apply does is seen in a real handshake: Wine's Schannel on one side, openssl s_server on the other."""

import unittest

from tls_server import TlsServer
from wine_registry import CLIENT, WineTest, windows_path

NO_TLS12 = """format = 1
name = "No TLS 1.2 for clients"

[protocols]
"TLS 1.2" = { client = "disabled" }
"""


class Handshake(WineTest):
    def setUp(self):
        super().setUp()
        server = TlsServer(self.folder / "files", "-tls1_2")
        self.addCleanup(server.stop)
        self.port = server.port

    def shake_hands(self, expect):
        return self.run_windows(CLIENT, "127.0.0.1", self.port, expect=expect).strip()

    def test_a_handshake_succeeds_then_fails_after_apply_then_succeeds_after_undo(self):
        self.assertEqual(self.shake_hands(expect=0), "connected TLS 1.2")
        self.schancfg("apply", windows_path(self.file("no-tls12.toml", NO_TLS12)), "--yes")
        self.assertRegex(self.shake_hands(expect=1), "failed: 0x")
        self.schancfg("undo", "--yes")
        self.assertEqual(self.shake_hands(expect=0), "connected TLS 1.2")

    def test_the_strict_profile_still_connects(self):
        self.schancfg("apply", "strict", "--yes")
        self.assertEqual(self.shake_hands(expect=0), "connected TLS 1.2")


if __name__ == "__main__":
    unittest.main()
