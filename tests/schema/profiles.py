"""The JSON Schema of profiles takes every shipped profile and refuses a set of bad ones.

usage: profiles.py SOURCE-DIR
"""

import json
import pathlib
import re
import sys
import tomllib

import jsonschema

BAD = {
    "no format": "",
    "another format": "format = 2",
    "format is text": 'format = "1"',
    "an unknown key": "format = 1\nnames = 'x'",
    "a control character in the name": 'format = 1\nname = "a\\u001b[2J"',
    "extends is text": 'format = 1\nextends = "strict"',
    "windows without operator": 'format = 1\nwindows = "windows-server-2016"',
    "windows is an empty list": "format = 1\nwindows = []",
    "an unknown protocol": 'format = 1\n[protocols]\n"TLS 1.4" = "enabled"',
    "DTLS 1.1": 'format = 1\n[protocols]\n"DTLS 1.1" = "enabled"',
    "an unknown state": 'format = 1\n[protocols]\n"TLS 1.2" = "on"',
    "an unknown role": 'format = 1\n[protocols]\n"TLS 1.2" = { both = "enabled" }',
    "a lookalike slash": 'format = 1\n[ciphers]\n"RC4 128\u2215128" = "disabled"',
    "on-request of a cipher": 'format = 1\n[ciphers]\n"AES 128/128" = "on-request"',
    "too few bits": "format = 1\n[key_exchange_algorithms]\nPKCS = { client_min_bits = 511 }",
    "too many bits": "format = 1\n[key_exchange_algorithms]\nPKCS = { client_min_bits = 16385 }",
    "bits of ECDH": "format = 1\n[key_exchange_algorithms]\nECDH = { client_min_bits = 2048 }",
    "an empty list of suites": "format = 1\n[cipher_suites.policy]\norder = []",
    "an unknown suite": 'format = 1\n[cipher_suites.policy]\norder = ["TLS_AES_256_GCM_SHA385"]',
    "a suite of other libraries": 'format = 1\n[cipher_suites.policy]\norder = ["TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"]',
    "a suite twice": 'format = 1\n[cipher_suites.local]\norder = ["TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"]',
    "an unknown curve": 'format = 1\n[elliptic_curves.local]\norder = ["P-256"]',
    "a computed list beside an order": 'format = 1\n[cipher_suites.policy]\norder = ["TLS_AES_256_GCM_SHA384"]\nwithout = ["TLS_RSA_*"]',
    "an empty list of patterns": "format = 1\n[cipher_suites.policy]\nwithout = []",
    "patterns of signature algorithms": 'format = 1\n[signature_algorithms.local]\nwithout = ["RSA/*"]',
    "exact is text": 'format = 1\nexact = "yes"',
    "an unknown event": 'format = 1\n[schannel]\nevent_logging = ["all"]',
    "a number for a switch": "format = 1\n[schannel]\nsend_trusted_issuer_list = 1",
    "a forbidden machine id": "format = 1\n[schannel]\nmachine_id = 4294967295",
    "an unknown view": "format = 1\n[winhttp.view16]\ndefault_secure_protocols = ['TLS 1.2']",
    "an unknown .NET version": 'format = 1\n[dotnet."v1.1.4322"]\nstrong_crypto = true',
    "text for FIPS": 'format = 1\n[fips]\nenabled = "yes"',
    "a raw value that is negative": "format = 1\n[registry.'HKLM\\X']\nEnabled = -1",
    "a raw value that is true": "format = 1\n[registry.'HKLM\\X']\nEnabled = true",
    "a raw value with data and hex": "format = 1\n[registry.'HKLM\\X']\nA = { type = 'REG_SZ', data = 'x', hex = '00' }",
    "odd hex": "format = 1\n[registry.'HKLM\\X']\nA = { type = 'REG_BINARY', hex = '0' }",
    "a key without a root": "format = 1\n[registry.'SOFTWARE\\X']\nA = 1",
}


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    schema = json.loads((root / "lib/docs/schemas" / "profile.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = []

    good = {path.name: path.read_text(encoding="utf-8") for path in sorted((root / "profiles").glob("*.toml"))}
    readme = (root / "profiles" / "README.md").read_text(encoding="utf-8")
    for number, block in enumerate(re.findall(r"^```toml\n(.*?)^```$", readme, re.M | re.S), 1):
        if "[peer]" in block:
            continue  # see peers.py
        good[f"README.md, example {number}"] = block
    for name, text in good.items():
        for error in validator.iter_errors(tomllib.loads(text)):
            failures.append(f"{name}: {error.json_path}: {error.message}")
    for name, text in BAD.items():
        if validator.is_valid(tomllib.loads(text)):
            failures.append(f"{name}: the schema takes it")

    print(f"{len(good)} good, {len(BAD)} bad profiles, {len(failures)} failures")
    for failure in failures:
        print(failure)
    return 1 if failures or len(good) < 7 else 0


sys.exit(main())
