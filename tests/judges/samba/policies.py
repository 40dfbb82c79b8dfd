"""Samba's readers (Debian: python3-samba) judge what `export --format gpo` and `--format pol` write: registry.pol, GptTmpl.inf and GPT.INI are read as the plan, and
written again by Samba to the same bytes.

policies.py SOURCE-FOLDER -- PROGRAM
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from samba.gp_parse.gp_inf import GptTmplInfParser
from samba.gp_parse.gp_ini import GPTIniParser
from samba.gp_parse.gp_pol import GPPolParser

program = sys.argv[sys.argv.index("--") + 1:]
RELEASE = "windows-server-2022"
POLICIES = "hklm\\software\\policies\\"
FIPS = "hklm\\system\\currentcontrolset\\control\\lsa\\fipsalgorithmpolicy"


def run(*words):
    return subprocess.run([*program, *words], check=True, capture_output=True, text=True).stdout


def written_again(parser, kind, data, folder):
    parser.parse(data)
    path = folder / "again"
    parser.write_binary(str(path))
    assert path.read_bytes() == data, f"Samba writes another {kind}"


def data_of(entry):
    if isinstance(entry.data, int):
        return entry.data
    if isinstance(entry.data, bytes):
        return [word for word in entry.data.decode("utf-16le").split("\0") if word]
    return entry.data


def values_of(pol):
    return {("hklm\\" + entry.keyname.lower(), entry.valuename.lower()): data_of(entry) for entry in pol.pol_file.entries}


def asked_of(profile):
    out = {}
    for row in json.loads(run("export", profile, "--os", RELEASE, "--format", "json"))["settings"]:
        out[(row["key"].lower(), row["value"].lower())] = row.get("data")
    return out


def check(profile, folder):
    asked = asked_of(profile)
    run("export", profile, "--os", RELEASE, "--format", "gpo", "-o", str(folder), "-q")
    seen = 0
    for pol in sorted(folder.rglob("registry.pol")):
        parser = GPPolParser()
        written_again(parser, "registry.pol", pol.read_bytes(), folder)
        values = values_of(parser)
        if any(name.startswith("**del.") for _, name in values):
            continue
        assert values == {at: data for at, data in asked.items() if at[0].startswith(POLICIES)}, f"{profile}: registry.pol is not the plan"
        seen += 1
    for inf in sorted(folder.rglob("GptTmpl.inf")):
        parser = GptTmplInfParser()
        written_again(parser, "GptTmpl.inf", inf.read_bytes(), folder)
        lines = parser.sections["Registry Values"].param_list
        assert len(lines) == 1 and lines[0].lower().startswith(FIPS.replace("hklm", "machine") + "\\enabled=4,"), lines
    for ini in sorted(folder.rglob("GPT.INI")):
        parser = GPTIniParser()
        written_again(parser, "GPT.INI", ini.read_bytes(), folder)
        assert parser.ini_conf.get("General", "Version") == "1"
    one = folder / "one.pol"
    run("export", profile, "--os", RELEASE, "--format", "pol", "-o", str(one), "-q")
    parser = GPPolParser()
    written_again(parser, "one.pol", one.read_bytes(), folder)
    values = values_of(parser)
    expected = {(key, name if data is not None else "**del." + name): data if data is not None else " " for (key, name), data in asked.items()}
    assert {at: value for at, value in values.items()} == expected, f"{profile}: the .pol is not the plan"
    return seen


def main():
    names = [each["name"] for each in json.loads(run("profiles", "--format", "json"))["profiles"]]
    seen = checked = 0
    for name in names:
        meant = subprocess.run([*program, "export", name, "--os", RELEASE, "--format", "json"], capture_output=True, text=True)
        with tempfile.TemporaryDirectory() as folder:
            probe = subprocess.run([*program, "export", name, "--os", RELEASE, "--format", "pol", "-o", folder + "/probe.pol"], capture_output=True, text=True)
            if meant.returncode != 0 or probe.returncode != 0:
                continue
        with tempfile.TemporaryDirectory() as folder:
            seen += check(name, pathlib.Path(folder))
            checked += 1
    assert checked >= 10 and seen >= 5, (checked, seen)
    print(f"{checked} profiles, {seen} with policies")


main()
