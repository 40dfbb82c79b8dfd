"""A Windows of its own for each test: a Wine prefix with a release, PowerShell for Windows, and the program that is judged.

CMake says where they are: SCHANCFG (the program of this system), SCHANCFG_PWSH (the folder of pwshhost.exe), SCHANCFG_WINE (cmake/wine.sh), JUDGE_FOLDER.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import unittest

SCHANCFG = os.environ["SCHANCFG"]
PWSH = pathlib.Path(os.environ["SCHANCFG_PWSH"]) / "pwshhost.exe"
FOLDER = pathlib.Path(os.environ["JUDGE_FOLDER"])
# Without cmake/wine.sh, which turns off what .NET needs; in an order of memory that is not random for the reason that stands there.
STEADY = ["setarch", "-R"]
WINE = [*(STEADY if subprocess.run([*STEADY, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0 else []), "/usr/lib/wine/wine64"]
SERVER = "/usr/lib/wine/wineserver64"
HERE = pathlib.Path(__file__).parent
SCHANNEL = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
CURRENT = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
AREAS = (SCHANNEL, r"HKLM\SOFTWARE\Policies", r"HKLM\SOFTWARE\Microsoft\.NETFramework", r"HKLM\SOFTWARE\Wow6432Node\Microsoft\.NETFramework",
         r"HKLM\SYSTEM\CurrentControlSet\Control\Cryptography", r"HKLM\SYSTEM\CurrentControlSet\Control\Lsa")
# Asked for only where it is missing, and only where it is smaller.
DIFFIE_HELLMAN = SCHANNEL + r"\KeyExchangeAlgorithms\Diffie-Hellman"
CREATE = """<?xml version="1.0" encoding="utf-8"?>
<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}">""" + "".join(f"""
  <Registry clsid="{{9CD4B2F4-923D-47f5-A062-E897DD1DAD50}}" name="{name}"><Properties action="C" hive="HKEY_LOCAL_MACHINE" key="{DIFFIE_HELLMAN[5:]}" name="{name}" type="REG_DWORD" value="00000400"/></Registry>"""
    for name in ("ServerMinKeyBitLength", "ClientMinKeyBitLength")) + "\n</RegistrySettings>\n"
AT_LEAST = f"""ID,Category,Name,Method,MethodArgument,RegistryPath,RegistryItem,ClassName,Namespace,Property,DefaultValue,RecommendedValue,Operator,Severity
1,TLS,Bits,Registry,,{DIFFIE_HELLMAN.replace("HKLM", "HKLM:")},ServerMinKeyBitLength,,,,,2048,>=,Medium
"""

RELEASES = {each["id"]: each for each in json.loads(subprocess.run([SCHANCFG, "releases", "--format", "json"], check=True, capture_output=True).stdout)["releases"]}


def build_of(release):
    return str(RELEASES[release]["build"]).split(".")[-1]


def is_server(release):
    return "server" in release


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


def schancfg(*words, expect=(0,)):
    done = subprocess.run([SCHANCFG, *map(str, words)], capture_output=True, check=False, env=dict(os.environ, XDG_STATE_HOME=str(FOLDER / "state")))
    assert done.returncode in expect, (words, done.returncode, done.stderr.decode())
    return done.stdout


class Judge(unittest.TestCase):
    maxDiff = None
    release = "windows-server-2022"

    @classmethod
    def setUpClass(cls):
        cls.folder = FOLDER / cls.__name__
        shutil.rmtree(cls.folder, ignore_errors=True)
        cls.folder.mkdir(parents=True)
        cls.environment = dict(os.environ, WINEPREFIX=str(cls.folder / "prefix"), WINEDEBUG="-all", DOTNET_EnableWriteXorExecute="0", LC_ALL="C.UTF-8")
        cls.environment.pop("DISPLAY", None)
        subprocess.run(["sh", os.environ["SCHANCFG_WINE"], "cmd", "/c", "exit"], env=cls.environment, cwd=FOLDER, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=240)
        # As long as the class lasts; else a server that ends between two programs costs a second each.
        subprocess.run([SERVER, "-p"], env=cls.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=60)
        cls.reg("add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        cls.reg("add", r"HKCU\Software\Wine\WineDbg", "/v", "ShowCrashDialog", "/t", "REG_DWORD", "/d", "0", "/f")
        # One PowerShell for all of the class, since starting one takes seconds; each script still gets a session of its own.
        cls.server = subprocess.Popen([*WINE, PWSH, "-Serve"], env=cls.environment, cwd=cls.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        cls.port = int(cls.server.stdout.readline())
        cls.become(cls.release)

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()
        cls.server.communicate()
        for word in "-k", "-w":
            subprocess.run([SERVER, word], env=cls.environment, check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def windows(cls, *command, expect=0):
        done = subprocess.run([*WINE, *map(str, command)], env=cls.environment, cwd=cls.folder, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300)
        assert expect is None or done.returncode == expect, (command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        return done

    @classmethod
    def reg(cls, *words, expect=0):
        # Now and then a program of Wine stumbles over its loader when it ends; what reg.exe does can be done twice.
        done = cls.windows(r"C:\windows\system32\reg.exe", *words, expect=None)
        if b"Inconsistency detected by ld.so" in done.stderr:
            done = cls.windows(r"C:\windows\system32\reg.exe", *words, expect=None)
        assert expect is None or done.returncode == expect, (words, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        return done

    @classmethod
    def become(cls, release):
        cls.steps([{"do": "become", "build": build_of(release), "kind": "Server" if is_server(release) else "Client", "product": "ServerNT" if is_server(release) else "WinNT"}])

    @classmethod
    def import_reg(cls, data):
        path = cls.folder / "import.reg"
        path.write_bytes(data)
        cls.reg("import", windows_path(path))

    @classmethod
    def all_of(cls, *keys):
        """Each byte below these keys, by the calls that regedit makes."""
        return cls.steps([{"do": "dump", "keys": [key.removeprefix("HKLM\\") for key in keys or AREAS]}])[0]["result"]

    @classmethod
    def exported(cls):
        """What regedit exports of the same, each byte for byte; None for a key that is not there."""
        out = []
        for key in AREAS:
            path = cls.folder / "export.reg"
            path.unlink(missing_ok=True)
            cls.windows(r"C:\windows\regedit.exe", "/E", windows_path(path), key.replace("HKLM", "HKEY_LOCAL_MACHINE", 1), expect=None)
            out.append((key, path.read_bytes() if path.exists() else None))
        return out

    @classmethod
    def script(cls, path, *words, expect=None, alone=False):
        """Runs a script: exit code, standard output and standard error, as lines. Alone: in a process of its own, which it may end."""
        if alone:
            done = cls.windows(PWSH, windows_path(path), *words, expect=None)
            told = {"code": done.returncode, "out": done.stdout.decode("utf-8", "replace"), "err": done.stderr.decode("utf-8", "replace")}
        else:
            with socket.create_connection(("127.0.0.1", cls.port), timeout=3600) as connection, connection.makefile("rwb") as lines:
                lines.write(json.dumps({"args": [windows_path(path), *map(str, words)]}).encode() + b"\n")
                lines.flush()
                told = json.loads(lines.readline())
        result = told["code"], *(told[stream].replace("\r", "").splitlines() for stream in ("out", "err"))
        result = result[0], result[1], [line for line in result[2] if not line.startswith("wine: ")]
        assert expect is None or result[0] == expect, result
        return result

    @classmethod
    def steps(cls, steps):
        """Runs steps.ps1: one result a step."""
        given, told = cls.folder / "steps.json", cls.folder / "results.json"
        given.write_text(json.dumps(steps))
        told.unlink(missing_ok=True)
        cls.script(HERE / "steps.ps1", windows_path(given), windows_path(told), expect=0)
        results = json.loads(told.read_text("utf-8-sig"))
        assert len(results) == len(steps), (len(results), len(steps))
        return results

    def export(self, profile, *words, name="tls.ps1"):
        path = self.folder / name
        schancfg("export", profile, "--format", "ps1", "-o", path, *words)
        return path


if __name__ == "__main__":
    raise SystemExit("this is a module of the tests beside it")
