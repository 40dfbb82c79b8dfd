#!/usr/bin/env python3
"""What `export` and `doctor` write with `--format json` is valid by the schemas that we publish, and these refuse what is not."""
import json
import pathlib
import subprocess
import sys

import jsonschema

source = pathlib.Path(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1:]


def validator_of(name):
    schema = json.loads((source / "lib/docs/schemas" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def program(*words, ends=(0,)):
    run = subprocess.run([*command, *words], check=False, capture_output=True)
    assert run.returncode in ends, (words, run)
    return json.loads(run.stdout)


validator = validator_of("export.schema.json")


names = program("profiles", "--format", "json")["profiles"]
documents = [program("export", entry["name"], "--os", "windows-server-2022", "--format", "json") for entry in names]
documents += [program("export", "--target", "os:" + release, "--format", "json") for release in ("windows-xp", "windows-11-24h2")]
wrong = [f"{document.get('profile', document.get('source'))}: {error.message}"
         for document in documents for error in validator.iter_errors(document)]

for member, value in (("format_version", "2.0"), ("settings", None), ("command", "diff"), ("extra", 1)):
    if validator.is_valid({**documents[0], member: value}):
        wrong.append(f"the schema takes {member} = {value}")
setting = documents[0]["settings"][0]
for change in ({"data": -1}, {"data": 2 ** 32}, {"type": "DWORD"}, {"key": "SYSTEM\\X"}, {"hex": "0g"}):
    if validator.is_valid({**documents[0], "settings": [{**setting, **change}]}):
        wrong.append(f"the schema takes a setting with {change}")

validator = validator_of("doctor.schema.json")
documents = [program("doctor", "--client", client, "--server", server, "--format", "json", *more, ends=(0, 1))
             for client, server, *more in (("os:2022", "os:2022"), ("os:xp", "os:2022"), ("os:2022", "os:2008", "--error", "36887:40"),
                                           ("profile:strict@2019", "os:2012-r2", "--app", "winhttp", "--error", "0x80090331"),
                                           ("os:2008-r2", "profile:strict@2022", "--app", "dotnet-4.0", "--update", "none"),
                                           ("profile:no-dh@2016", "profile:strict@2016", "--error", "ERR_SSL_BAD_RECORD_MAC_ALERT"))]
wrong += [f"{document['client']['label']}: {error.message}" for document in documents for error in validator.iter_errors(document)]
if not any(fix["profile"] for document in documents for fix in document["fixes"]):
    wrong.append("no profile fixes any of these, so the schema of fixes is not tried")
for member, value in (("format_version", "2.0"), ("verdict", "maybe"), ("reason", None), ("fixes", {}), ("extra", 1)):
    if validator.is_valid({**documents[0], member: value}):
        wrong.append(f"the schema takes {member} = {value}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
