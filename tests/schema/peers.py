"""The JSON Schema of peer files takes the examples of the manual, refuses a set of bad ones, and knows the keys that the reader knows.

usage: peers.py SOURCE-DIR
"""

import json
import pathlib
import re
import sys
import tomllib

import jsonschema

BAD = {
    "no peer": "format = 1",
    "another format": "format = 2\n[peer]",
    "a profile": '[peer]\n[protocols]\n"TLS 1.2" = "enabled"',
    "an unknown key": '[peer]\nprotocol = ["TLS 1.2"]',
    "an unknown protocol": '[peer]\nprotocols = ["TLS 1.4"]',
    "a protocol twice": '[peer]\nprotocols = ["TLS 1.2", "TLS 1.2"]',
    "no protocols": "[peer]\nprotocols = []",
    "protocols as text": '[peer]\nprotocols = "TLS 1.2"',
    "an unknown role": '[peer]\nrole = "both"',
    "an order of a client": '[peer]\nrole = "client"\ncipher_order = "server"',
    "no bits": "[peer]\ndh_bits = 0",
    "one size and a range": "[peer]\ndh_bits = 1024\ndh_min_bits = 512",
    "bits as text": '[peer]\nrsa_min_bits = "1024"',
    "a port beyond": "[peer]\nport = 65536",
    "an unknown hash": '[peer]\nsignature_hashes = ["SHA3"]',
    "a signature without its key": '[peer]\nhandshake_signatures = ["SHA256"]',
    "a certificate with an unknown key": '[peer]\ncertificate = { size = 2048 }',
    "a certificate of another kind": '[peer]\ncertificate = { key = "EC" }',
    "a control character": '[peer]\nname = "a\\u001b[2J"',
    "a yes": '[peer]\nsecure_renegotiation = "yes"',
}


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    schema = json.loads((root / "lib/docs/schemas" / "peer.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []

    readme = (root / "profiles" / "README.md").read_text(encoding="utf-8")
    good = [block for block in re.findall(r"^```toml\n(.*?)^```$", readme, re.M | re.S) if "[peer]" in block]
    for number, block in enumerate(good, 1):
        for error in validator.iter_errors(tomllib.loads(block)):
            failures.append(f"README.md, peer {number}: {error.json_path}: {error.message}")
    for name, text in BAD.items():
        if validator.is_valid(tomllib.loads(text)):
            failures.append(f"{name}: the schema takes it")

    reader = (root / "lib" / "src" / "codec" / "peer_toml.cpp").read_text(encoding="utf-8")
    for array, known in ("peer_keys", schema["properties"]["peer"]), ("certificate_keys", schema["definitions"]["certificate"]):
        keys = set(re.findall(r'"(\w+)"', re.search(array + r"\{(.*?)\};", reader, re.S)[1]))
        if keys != set(known["properties"]):
            failures.append(f"{array}: reader and schema differ in {sorted(keys ^ set(known['properties']))}")

    print(f"{len(good)} good, {len(BAD)} bad peers, {len(failures)} failures")
    for failure in failures:
        print(failure)
    return 1 if failures or len(good) < 2 else 0


sys.exit(main())
