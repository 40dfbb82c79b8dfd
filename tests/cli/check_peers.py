#!/usr/bin/env python3
"""Two thousand known peers: each is judged, in about the time that reading their scan takes."""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

marker = sys.argv.index("--")
limits = "--no-limits" not in sys.argv[:marker]
command = sys.argv[marker + 1:]
hosts = 2000
wrong = []

KINDS = {  # protocol, suite, what nmap says of the exchange
    "old": ("TLSv1.0", "TLS_RSA_WITH_AES_128_CBC_SHA", "rsa 2048"),
    "plain": ("TLSv1.2", "TLS_RSA_WITH_AES_128_CBC_SHA", "rsa 2048"),
    "group": ("TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "dh 2048"),
    "good": ("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "secp256r1"),
}


def host(number):
    kind = list(KINDS)[number % len(KINDS)]
    protocol, suite, exchange = KINDS[kind]
    return (f'<host><status state="up"/><address addr="198.51.{number // 250}.{number % 250}" addrtype="ipv4"/>'
            f'<hostnames><hostname name="{kind}{number}.example" type="user"/></hostnames><ports><port protocol="tcp" portid="443">'
            f'<state state="open"/><script id="ssl-enum-ciphers" output=""><table key="{protocol}"><table key="ciphers"><table>'
            f'<elem key="name">{suite}</elem><elem key="kex_info">{exchange}</elem></table></table>'
            f'<elem key="cipher preference">server</elem></table></script></port></ports></host>\n')


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    scan = ('<?xml version="1.0"?>\n<nmaprun scanner="nmap" version="7.93" start="1">\n' + "".join(map(host, range(hosts))) +
            '<runstats><finished time="2" exit="success"/></runstats>\n</nmaprun>\n')
    (folder / "scan.xml").write_text(scan)
    # No TLS 1.0 and no TLS_DHE any more: half of them are cut off.
    (folder / "new.toml").write_text('format = 1\n[protocols]\n"TLS 1.0" = "disabled"\n[key_exchange_algorithms]\nDiffie-Hellman = "disabled"\n')
    start = time.monotonic()
    run = subprocess.run([*command, "diff", "new.toml", "--target", "os:2016", "--peers", "scan.xml", "--format", "json"], cwd=folder,
                         capture_output=True)
    seconds = time.monotonic() - start
    if run.returncode != 1:
        wrong.append(f"it ended with {run.returncode}: {run.stderr.decode()}")
    else:
        found = json.loads(run.stdout)
        summary = found["peers_summary"]
        if (summary["judged"], summary["cut_off"], summary["unchanged"]) != (hosts, hosts // 2, hosts // 2):
            wrong.append(f"it counts {summary}")
        cut_off = {each["host"] for each in found["peers"] if each["change"] == "cut-off"}
        if any(name.startswith(("good", "plain")) for name in cut_off) or len(cut_off) != hosts // 2:
            wrong.append("it cuts off the wrong ones")
    print(f"{hosts} peers in {seconds:.2f} s")
    if limits and seconds > 5:
        wrong.append(f"it takes {seconds:.2f} s")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
