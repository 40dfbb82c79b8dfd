"""Real servers on 127.0.0.1, the scanners that look at them, the client that connects, and what schancfg says of both.

CMake says where the program is: SCHANCFG; files go below STACKS_FOLDER.
"""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

PROGRAM = os.environ["SCHANCFG"]
FOLDER = pathlib.Path(os.environ["STACKS_FOLDER"])
TOOLS = ("openssl", "gnutls-serv", "nmap", "sslscan")
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def missing_tools():
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def openssl(*arguments):
    return subprocess.run(["openssl", *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, check=True, text=True, timeout=60).stdout


def make_files():
    """Keys, certificates and Diffie-Hellman groups by name of file."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    keys = {"rsa1024": ("RSA", "rsa_keygen_bits:1024", "sha1"), "rsa2048": ("RSA", "rsa_keygen_bits:2048", "sha256"), "rsa3072": ("RSA", "rsa_keygen_bits:3072", "sha384"),
            "p256": ("EC", "ec_paramgen_curve:P-256", "sha256"), "p384": ("EC", "ec_paramgen_curve:P-384", "sha384")}
    for name, (algorithm, option, digest) in keys.items():
        openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", FOLDER / (name + ".key"))
        openssl("req", "-x509", "-key", FOLDER / (name + ".key"), "-out", FOLDER / (name + ".pem"), "-days", "2", "-subj", "/CN=%s.test" % name, "-" + digest)
    for bits, group in {1024: "dh_1024_160", 1536: "modp_1536", 2048: "ffdhe2048", 3072: "ffdhe3072"}.items():
        openssl("genpkey", "-genparam", "-algorithm", "DHX" if bits == 1024 else "DH", "-pkeyopt", "group:" + group, "-out", FOLDER / ("dh%d.pem" % bits))
    return {path.name: str(path) for path in FOLDER.iterdir()}


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


class Running:
    """A server while it runs; ended with it."""

    def __init__(self, setting, port, files):
        self.setting, self.port = setting, port
        # s_server ends with its standard input.
        self.process = subprocess.Popen(setting.command(port, files), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self):
        for _ in range(400):
            if self.process.poll() is not None:
                raise AssertionError("%s ended with %d: %s" % (self.setting.name, self.process.returncode, self.setting))
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.setting.name + " does not listen")

    def stop(self):
        self.process.kill()
        self.process.communicate()


def scan_with_nmap(ports):
    """One file with all of them: nmap looks at them side by side."""
    path = FOLDER / "nmap.xml"
    subprocess.run(["nmap", "-Pn", "-n", "-T4", "-sT", "-p", ",".join(map(str, ports)), "--script", "+ssl-enum-ciphers,+ssl-cert", "-oX", str(path), "127.0.0.1"],
                   check=True, timeout=300, **QUIET)
    return path


def without_certificates(scan):
    """The same scan by somebody who did not run ssl-cert."""
    path = FOLDER / "nmap-bare.xml"
    path.write_text(re.sub(r'<script id="ssl-cert".*?</script>', "", scan.read_text(), flags=re.S))
    return path


def scan_with_sslscan(port):
    path = FOLDER / ("sslscan-%d.xml" % port)
    subprocess.run(["sslscan", "--no-heartbleed", "--no-compression", "--no-fallback", "--no-renegotiation", "--timeout=30", "--xml=" + str(path), "127.0.0.1:%d" % port],
                   check=True, timeout=300, **QUIET)
    return path


def iana_names():
    """IANA's names of OpenSSL's suites."""
    listed = openssl("ciphers", "-stdname", "ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    return {match[2]: match[1] for match in re.finditer(r"^(\S+) +- (\S+)", listed, re.M)}


def connect(client, port, names):
    """What s_client really gets: (protocol, IANA's name of the suite), or None."""
    done = subprocess.run(client.openssl(port), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if "CONNECTION ESTABLISHED" not in done.stderr:
        return None
    said = dict(re.findall(r"^(Protocol version|Ciphersuite): (\S+)$", done.stderr, re.M))
    protocol = said["Protocol version"].replace("TLSv1", "TLS 1")
    return protocol if "." in protocol else protocol + ".0", names[said["Ciphersuite"]]


def ask_doctor(client_file, scan, port):
    done = subprocess.run([PROGRAM, "doctor", "--client", str(client_file), "--server", "scan:%s#127.0.0.1:%d" % (scan, port), "--format", "json"],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 1):
        raise AssertionError("doctor ended with %d: %s" % (done.returncode, done.stderr))
    answer = json.loads(done.stdout)
    if (answer["verdict"] == "agree") != (done.returncode == 0):
        raise AssertionError("verdict %s and exit code %d" % (answer["verdict"], done.returncode))
    return answer
