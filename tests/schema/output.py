"""Every JSON document that the program prints or keeps is valid by the schema of its name in lib/docs/schemas, and each schema refuses a document that is not one.

usage: output.py SOURCE-DIR -- SCHANCFG...
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

source = pathlib.Path(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1:]
schemas = source / "lib/docs/schemas"
wrong, tried = [], {}
folder = pathlib.Path(tempfile.mkdtemp()).resolve()
environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}

(folder / "part.reg").write_text("Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\"
                                 "RC4 128/128]\n\"Enabled\"=dword:00000001\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Odd]\n\"\\u202e\"=hex:00,ff\n")
(folder / "off.toml").write_text('format = 1\n[protocols]\n"TLS 1.2" = "disabled"\n"TLS 1.3" = "disabled"\n')
(folder / "web.toml").write_text('format = 1\nname = "Web"\nextends = ["best-practices"]\n[protocols]\n"TLS 1.0" = { client = "on-request", server = "disabled" }\n')
(folder / "peer.toml").write_text('[peer]\nrole = "server"\nprotocols = ["TLS 1.0"]\ncipher_suites = ["TLS_RSA_WITH_AES_128_CBC_SHA"]\n')


def run(*words, ends=(0, 1)):
    done = subprocess.run([*command, *words], cwd=folder, env=environment, check=False, capture_output=True)
    if done.returncode not in ends:
        wrong.append(f"{words} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def judge(name, document, what):
    if name not in tried:
        schema = json.loads((schemas / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        tried[name] = jsonschema.Draft202012Validator(schema)
    for error in list(tried[name].iter_errors(document))[:3]:
        wrong.append(f"{what}: {name}.schema.json: {'/'.join(map(str, error.path))}: {error.message[:300]}")


def prints(name, *words):
    text = run(*words, "--format", "json")
    if not text:
        wrong.append(f"{words} printed nothing")
        return
    document = json.loads(text)
    judge(name, document, words)
    for member, value in (("format_version", "2.0"), ("command", "none"), ("os", 7)):
        if tried[name].is_valid({**document, member: value}):
            wrong.append(f"{name}.schema.json takes {member} = {value}")


for release in ("xp", "7", "2008-r2", "2012-r2", "2016", "2019", "2022", "2025", "11-24h2"):
    prints("status", "status", "os:" + release)
    if release != "xp":  # whose list of suites is not known
        prints("diff", "diff", "web.toml", "--target", "os:" + release)
    prints("lint", "lint", "web.toml", "--os", release)
for profile in ("strict", "best-practices", "off.toml"):
    prints("diff", "diff", profile, "--target", "os:2022", "--peers", "peer.toml")
    prints("lint", "lint", profile)
for old, new in (("strict", "compatible"), ("compatible", "strict"), ("off.toml", "web.toml"), ("web.toml", "part.reg")):
    prints("profile-difference", "diff", old, new)
prints("status", "status", "part.reg")
prints("status", "status", "part.reg@2019")
prints("diff", "diff", "--from", "os:2016", "--to", "os:2022")
prints("diff", "diff", "--from", "os:2016", "--to", "profile:strict@2016")
prints("lint", "lint", "part.reg")
prints("lint", "lint", "os:2012-r2")
prints("lint", "lint", "--rules")
for word in ("Enabled", "TLS 1.0", "36887", "0x80090331", "KB3080079", "TLS_RSA_WITH_AES_128_CBC_SHA", "curve25519", "weak-protocol", "windows-server-2019"):
    prints("explain", "explain", word)
prints("explain", "explain", "--list", "keys")
prints("profiles", "profiles")
prints("profiles", "profiles", "--show", "strict", "--os", "2022") if b"--os" in run("help", "profiles") else prints("profiles", "profiles", "--show", "strict")
prints("releases", "releases")
(folder / "waivers.toml").write_text('[[waiver]]\nmachine = "part"\nsetting = "*TLS 1.0*"\nreason = "old till"\nuntil = "2999-01-01"\n\n[[waiver]]\nmachine = "x"\nrule = "odd"\n'
                                     'reason = "gone"\nuntil = "2020-01-01"\n')
(folder / "broken.reg").write_text("nothing\n")
(folder / "earlier.json").write_bytes(run("audit", "--profile", "best-practices", "part.reg", "os:2022", "--format", "json"))
prints("audit", "audit", "--profile", "best-practices", "--waivers", "waivers.toml", "--baseline", "earlier.json", "part.reg", "os:2022", "os:2012-r2")
run("audit", "--profile", "best-practices", "broken.reg", "--format", "json", ends=(3,))
prints("version", "version")
prints("help", "help")
prints("export", "export", "strict", "--os", "2022")
prints("export", "export", "--target", "os:2022")
prints("doctor", "doctor", "--client", "os:2022", "--server", "peer.toml")

for text in ("36874", "0x80090331", "CERT_E_EXPIRED", "nothing that anybody knows"):
    prints("doctor-error", "doctor", "--error", text)

# What is kept: a saved plan, a record, a registry in a file; and the lists of them.
run("diff", "weak-dh-peer", "--target", "os:2022", "--save", "plan.json")
judge("record", json.loads((folder / "plan.json").read_text()), "diff --save")
prints("diff", "show", "plan.json")
prints("diff", "diff", "plan.json")
judge("diff", json.loads(run("apply", "web.toml", "--target", "memory:lab.json", "--os", "2019", "--yes", "--format", "json")), "apply")
judge("memory", json.loads((folder / "lab.json").read_text()), "memory:")
prints("undo-list", "undo", "--list")
judge("diff", json.loads(run("undo", "--target", "memory:lab.json", "--yes", "--format", "json")), "undo")
run("apply", "weak-dh-peer", "--target", "memory:lab.json", "--yes", "--revert-after", "1h")
prints("undo-list", "undo", "--list")
kept = [file for file in (folder / "state").rglob("*") if file.suffix in (".json", ".marker")]
for file in kept:
    if file.suffix == ".json":
        prints("diff", "show", str(file))
    judge("marker" if file.suffix == ".marker" else "record", json.loads(file.read_text()), file.name)
if not any(file.suffix == ".marker" for file in kept):
    wrong.append("no marker was kept while an apply waits for confirmation")
run("confirm", "--target", "memory:lab.json", ends=(0,))

judge("dsc", json.loads(run("dsc", "get", "--target", "os:2022")), "dsc get")
if json.loads(run("dsc", "schema")) != json.loads((schemas / "dsc.schema.json").read_text(encoding="utf-8")):
    wrong.append("`dsc schema` prints another schema than lib/docs/schemas/dsc.schema.json")
if tried["dsc"].is_valid({"values": 7}):
    wrong.append("dsc.schema.json takes values = 7")

# A schema that nothing was held against is a page without a test.
others = {"profile", "peer"}  # tests/schema/profiles.py and peers.py
for file in schemas.glob("*.schema.json"):
    name = file.name.removesuffix(".schema.json")
    if name not in tried and name not in others:
        wrong.append(f"{file.name} was not tried")
for each in json.loads(run("help", "--format", "json"))["commands"]:
    help_text = run("help", each["name"]).decode()
    printed = each["name"] in ("apply", "undo") or each["name"] in tried or each["name"] == "show"
    if "json" in help_text.split("--format FORMAT")[-1].split("\n")[0] and "--format FORMAT" in help_text and not printed:
        wrong.append(f"{each['name']} prints JSON that has no schema")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
