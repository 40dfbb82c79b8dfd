"""What apply does is seen in a real handshake: Wine's Schannel on one side, openssl s_server on the other."""

import socket
import subprocess
import time
import unittest

from wine_registry import CLIENT, WineTest, windows_path

NO_TLS12 = """format = 1
name = "No TLS 1.2 for clients"

[protocols]
"TLS 1.2" = { client = "disabled" }
"""


class Handshake(WineTest):
    def setUp(self):
        super().setUp()
        key, certificate = self.file("key.pem"), self.file("certificate.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                        "-subj", "/CN=localhost"], check=True, stderr=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen(["openssl", "s_server", "-accept", "127.0.0.1:%d" % self.port, "-key", key, "-cert", certificate,
                                        "-tls1_2", "-quiet"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.stop_server)
        self.wait_for_server()

    def stop_server(self):
        self.server.kill()
        self.server.communicate()

    def wait_for_server(self):
        for _ in range(100):
            self.assertIsNone(self.server.poll(), "openssl s_server ended")
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        self.fail("openssl s_server does not listen")

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
