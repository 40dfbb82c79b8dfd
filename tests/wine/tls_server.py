"""openssl s_server on 127.0.0.1, for the tests that shake hands."""

import socket
import subprocess
import time


class TlsServer:
    """Listens on `port` until `stop`. `options` are those of s_server."""

    def __init__(self, folder, *options):
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                        "-subj", "/CN=localhost"], check=True, stderr=subprocess.DEVNULL)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(["openssl", "s_server", "-accept", "127.0.0.1:%d" % self.port, "-key", key, "-cert", certificate,
                                         "-quiet", *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if self.process.poll() is not None:
                raise RuntimeError("openssl s_server ended")
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("openssl s_server does not listen")

    def stop(self):
        self.process.kill()
        self.process.communicate()
