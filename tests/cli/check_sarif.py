#!/usr/bin/env python3
"""What code scanning needs of SARIF beyond the schema: no scheme but `file`, relative paths inside the repository, fingerprints that stay when lines above change.

With --multitool PROGRAM, Microsoft's validator (rules of SARIF and of GitHub) finds no error and no warning.
"""
import argparse
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile

PROFILE = 'format = 1\nname = "Web"\nextends = ["strict"]\n\n[protocols]\n"TLS 1.0" = "enabled"\n'
REG = 'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\NULL]\n"Enabled"=dword:00000001\n'


def lint(command, folder, *words):
    done = subprocess.run([*command, "lint", *words, "--format", "sarif"], cwd=folder, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"lint {words} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--multitool", type=pathlib.Path)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name).resolve()
        work = root / "repository"
        (work / "a b").mkdir(parents=True)
        (work / "web.toml").write_text(PROFILE)
        (work / "a b/odd#1.reg").write_text(REG)
        (root / "outside.toml").write_text(PROFILE)
        words = ["web.toml", "./a b/odd#1.reg", "a b/../web.toml", "../outside.toml", str(work / "web.toml"), "strict", "os:2022", "--os", "2022"]
        document = json.loads(lint(arguments.command, work, *words))
        run = document["runs"][0]
        if not run["tool"]["driver"].get("informationUri", "").startswith("https://"):
            wrong.append("the tool has no informationUri")
        shipped = 0
        for result in run["results"]:
            for location in result["locations"]:
                artifact = location.get("physicalLocation", {}).get("artifactLocation")
                if artifact is None:
                    if not location.get("logicalLocations"):
                        wrong.append(f"{result['ruleId']} is nowhere")
                    continue
                uri = artifact["uri"]
                scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", uri)
                if scheme and scheme.group(1) != "file":
                    wrong.append(f"{uri} has a scheme of our own")
                if not scheme:
                    if artifact.get("uriBaseId") != "%SRCROOT%":
                        wrong.append(f"{uri} is relative to nothing")
                    if uri.startswith("/") or ".." in uri.split("/"):
                        wrong.append(f"{uri} is not inside of the repository")
            if "relatedLocations" in result:
                shipped += 1
                region = result["locations"][0]["physicalLocation"]["region"]
                if region["startLine"] != 3:
                    wrong.append(f"a finding in a shipped profile is shown at line {region['startLine']}, not where it is extended")
        if shipped == 0:
            wrong.append("no finding in a shipped profile was placed in the file that extends it")
        before = [each["partialFingerprints"] for each in json.loads(lint(arguments.command, work, "web.toml", "--os", "2022"))["runs"][0]["results"]]
        (work / "web.toml").write_text("# A comment.\n\n" + PROFILE)
        after = [each["partialFingerprints"] for each in json.loads(lint(arguments.command, work, "web.toml", "--os", "2022"))["runs"][0]["results"]]
        if not before or before != after:
            wrong.append("fingerprints change when lines are added above")
        if len({json.dumps(each) for each in before}) != len(before):
            wrong.append("two findings have one fingerprint")
        if arguments.multitool:
            tool = arguments.multitool
            tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
            (work / "lint.sarif").write_bytes(lint(arguments.command, work, *words[:3], "--os", "2022"))
            audit = subprocess.run([*arguments.command, "audit", "--profile", "strict", "a b/odd#1.reg", "--os", "2022", "--format", "sarif"], cwd=work, capture_output=True, check=False)
            if audit.returncode != 1 or not json.loads(audit.stdout)["runs"][0]["results"]:
                wrong.append(f"audit ended with {audit.returncode}, or found nothing")
            (work / "audit.sarif").write_bytes(audit.stdout)
            for name in ("lint.sarif", "audit.sarif"):
                validated = subprocess.run([tool, "validate", name, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--output", f"judged-{name}"],
                                           cwd=work, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                if not (work / f"judged-{name}").exists():
                    wrong.append(f"the validator did not judge {name} and ended with {validated.returncode}: {validated.stdout.decode(errors='replace')}")
                    continue
                judged = json.loads((work / f"judged-{name}").read_text(encoding="utf-8-sig"))["runs"][0]
                for result in judged.get("results", []):
                    if result.get("level", "warning") != "note":
                        wrong.append(f"the validator of {name}: {result['ruleId']} {result['message']}")
    print("\n".join(wrong) if wrong else "nothing to complain about")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
