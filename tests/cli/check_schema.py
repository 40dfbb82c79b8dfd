#!/usr/bin/env python3
"""What `export --format json` writes is valid by the schema that we publish, and the schema refuses what is not."""
import json
import pathlib
import subprocess
import sys

import jsonschema

source = pathlib.Path(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1:]
schema = json.loads((source / "profiles" / "export.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)


def program(*words):
    return json.loads(subprocess.run([*command, *words], check=True, capture_output=True).stdout)


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
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
