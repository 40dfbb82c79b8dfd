"""The program against the machine's own limits, in one run: speeds.py SCHANCFG [--quick] [--folder FOLDER]

Makes an export of 64 MB, ten thousand collected files, a thousand exports and a gigabyte of logs, runs the program and what it is measured against by turns,
and prints one table in Markdown with the commands. Figures, not a test: nothing passes or fails. --quick takes a tenth of each.
"""
import argparse
import math
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

words = argparse.ArgumentParser()
words.add_argument("program")
words.add_argument("--quick", action="store_true")
words.add_argument("--folder", help="where the files are made; a folder of the system's without it")
words.add_argument("--only", help="export, fleet, exports or logs", default="")
given = words.parse_args()
program = str(pathlib.Path(given.program).resolve())
part = 10 if given.quick else 1
cores = os.cpu_count() or 1
schannel = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
header = "\ufeffWindows Registry Editor Version 5.00"
dice = random.Random(16)


def utf16(lines):
    return "\r\n".join(lines).encode("utf-16-le")


def tls_keys(old):
    lines = [f"[{schannel}]", '"EventLogging"=dword:00000001', ""]
    for protocol in ("SSL 2.0", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"):
        for role in ("Client", "Server"):
            on = protocol == "TLS 1.2" or (protocol == "TLS 1.0" and old)
            lines += [f"[{schannel}\\Protocols\\{protocol}\\{role}]", f'"DisabledByDefault"=dword:{0 if on else 1:08x}', f'"Enabled"=dword:{1 if on else 0:08x}', ""]
    return lines


def collected(number):
    """8 to 9 KB, as collect.cmd joins them: the name is each machine's own, the rest one of a few."""
    kind = dice.random()
    build, revision = dice.choice([(17763, 6414), (17763, 6293), (20348, 2762), (14393, 7428), (26100, 2033)])
    lines = [header, "", r"[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName]", f'"ComputerName"="SRV-{number:06}"', "",
             "; schancfg: complete, what is not named here is absent", r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]", f'"CurrentBuildNumber"="{build}"',
             '"InstallationType"="Server"', '"ProductName"="Windows Server"', f'"UBR"=dword:{revision:08x}', header, ""]
    lines += tls_keys(kind > 0.95)
    lines += [header, "", r"[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Lsa]", '"FipsAlgorithmPolicy"=dword:00000000', header, ""]
    for view in ("", "Wow6432Node\\"):
        for version in ("v2.0.50727", "v4.0.30319"):
            lines += [f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\{view}Microsoft\\.NETFramework\\{version}]", '"SchUseStrongCrypto"=dword:00000001', '"SystemDefaultTlsVersions"=dword:00000001', ""]
        lines += [f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\{view}Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp]", f'"Client{dice.randrange(10**9)}"="{dice.randrange(10**9)}"', ""]
    for at in range(6):
        lines += [f"[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo\\0.0.0.0:{443 + at}]", '"SslCertStoreName"="MY"', '"DefaultFlags"=dword:00000000', ""]
    return utf16(lines + [""])


def export(size):
    """As regedit writes HKEY_LOCAL_MACHINE, with a few TLS keys in it."""
    names = ["Microsoft", "Windows", "Client", "Server", "Network", "Package", "Driver", "Service", "Update", "Shell"]
    chunks, have, number = [utf16([header, ""] + [""])], 0, 0
    while have < size:
        lines = []
        for _ in range(2000):
            number += 1
            lines += [f"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\CLSID\\{{{number:08X}-{dice.getrandbits(16):04X}-4DC9-{dice.getrandbits(48):012X}}}\\{dice.choice(names)}]", f'@="{dice.choice(names)} {dice.choice(names)}"',
                      f'"ThreadingModel"="{dice.choice(names)}"', f'"State"=dword:{dice.getrandbits(32):08x}']
            if number % 8 == 0:
                data = [f"{dice.getrandbits(8):02x}" for _ in range(60)]
                lines += ['"Data"=hex:' + ",".join(data[:20]) + ",\\", "  " + ",".join(data[20:40]) + ",\\", "  " + ",".join(data[40:])]
            lines.append("")
        chunks.append(utf16(lines + [""]))
        have += len(chunks[-1])
    chunks.append(utf16([r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]", '"CurrentBuildNumber"="20348"', '"InstallationType"="Server"', ""] + tls_keys(False) + [""]))
    return b"".join(chunks)


def log(size):
    head = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-10-01 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken crypt-protocol crypt-cipher crypt-hash crypt-keyexchange\r\n"
    lines = []
    for number in range(200000):
        way = dice.choices(["400 6610 800d ae06", "1000 6610 800d 0", "400 660e 8004 a400", "40 6603 8004 a400", "- - - -"], [70, 20, 6, 2, 2])[0]
        lines.append(f"2026-10-01 {number // 10000:02}:{number // 200 % 60:02}:{number % 60:02} 192.0.2.10 GET /app/page{dice.randrange(500)}.aspx id={dice.randrange(10**6)} 443 - 198.51.{dice.randrange(16)}.{dice.randrange(250)} "
                     f"Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/129.0.0.0+Safari/537.36 https://intranet.example/start 200 0 0 {dice.randrange(900)} {way}\r\n")
    block = "".join(lines).encode()
    return head.encode() + block * max(1, size // len(block))


def once(command, cwd):
    """Seconds of the clock, of processors, and the most memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    # What is forked from here counts this program's own memory as well, until it is another program; GNU time is small.
    done = subprocess.run(["time", "--quiet", "-f", "%M", "-o", "memory", "sh", "-c", command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall = time.perf_counter() - start
    said = done.stderr
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{command}: {done.returncode}: {said.decode(errors='replace')[:400]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int((cwd / "memory").read_text()) / 1024


def measured(commands, cwd, rounds):
    """The best of each, by turns, so that what else the machine does meets all of them alike."""
    best = [(math.inf, math.inf, 0.0)] * len(commands)
    for _ in range(rounds + 1):
        for at, command in enumerate(commands):
            found = once(command, cwd)
            best[at] = (min(best[at][0], found[0]), min(best[at][1], found[1]), max(best[at][2], found[2]))
    return best


def row(work, limit, ours, theirs, found, more=""):
    (wall, cpu, memory), (other_wall, other_cpu, _) = found
    print(f"| {work} | `{ours}` | {wall:.3f} | {cpu:.3f} | {memory:.0f} | `{theirs}` | {other_wall:.3f} | {other_cpu:.3f} | {wall / other_wall:.2f} | {limit} |{more}", flush=True)


folder = pathlib.Path(tempfile.mkdtemp(dir=given.folder, prefix="schancfg-speeds-"))
os.environ["PATH"] = str(folder / "bin") + os.pathsep + os.environ["PATH"]
try:
    (folder / "bin").mkdir()
    (folder / "bin" / "schancfg").symlink_to(program)
    (folder / "p.toml").write_text('format = 1\n[protocols]\n"TLS 1.0" = "disabled"\n"SSL 3.0" = "disabled"\n[schannel]\nevent_logging = ["errors"]\n')
    print(f"{cores} processors; seconds of the clock, of processors, MiB; the best of several runs by turns\n")
    print("| work | command | clock | processors | memory | against | clock | processors | ratio of clocks | limit |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)

    if given.only in ("", "export", "exports"):
        (folder / "hklm.reg").write_bytes(export(64 << 20))
    if given.only in ("", "export"):
        ours, theirs = "schancfg status hklm.reg", "iconv -f UTF-16 -t UTF-8 hklm.reg >/dev/null"
        row("an export of 64 MB", "≤ 1 (aim 0.5)", ours, theirs, measured([ours, theirs], folder, 5))
    if given.only in ("", "fleet"):
        times = []
        for count in (1000, 3000, 10000) if given.quick else (1000, 10000, 100000):
            for number in range(count):
                place = folder / f"fleet{count}" / f"site{number // 500:03}"
                place.mkdir(parents=True, exist_ok=True)
                if count > 10000:
                    os.link(folder / "fleet10000" / f"site{number % 10000 // 500:03}" / f"m{number % 10000:06}.reg", place / f"m{number:06}.reg")
                else:
                    (place / f"m{number:06}.reg").write_bytes(collected(number))
            ours, theirs = f"schancfg audit --profile p.toml fleet{count}", f"cat fleet{count}/*/*.reg >/dev/null" if count <= 10000 else f"find fleet{count} -name '*.reg' -print0 | xargs -0 cat >/dev/null"
            found = measured([ours, theirs], folder, 5)
            times.append((count, found[0][1]))
            row(f"{count:,} collected files", "≤ 1.5, < 100 MiB", ours, theirs, found)
            if times[0][0] != count and times[-2][0] != count:
                print(f"| growth from {times[0][0]:,} to {count:,} | exponent {math.log(times[-1][1] / times[0][1]) / math.log(count / times[0][0]):.3f} | | | | | | | | ≤ 1.05 |", flush=True)
    if given.only in ("", "exports"):
        count = 1000 // part
        (folder / "exports").mkdir()
        for number in range(count):
            os.link(folder / "hklm.reg", folder / "exports" / f"m{number:04}.reg")
        ours, theirs = "schancfg audit --profile p.toml exports", f"ls exports/* | xargs -P{cores} -n10 cat >/dev/null"
        row(f"{count:,} exports of 64 MB", "≤ 2", ours, theirs, measured([ours, theirs], folder, 1))
    if given.only in ("", "logs"):
        (folder / "u_ex261001.log").write_bytes(log((1 << 30) // part))
        ours, theirs = "schancfg audit --usage u_ex261001.log", "wc -l u_ex261001.log"
        row("1 GB of logs" if part == 1 else "100 MB of logs", "≤ 3", ours, theirs, measured([ours, theirs], folder, 5))
finally:
    shutil.rmtree(folder)
