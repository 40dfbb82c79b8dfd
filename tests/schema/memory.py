"""The JSON Schema of memory files and the reader of memory files take and refuse the same documents.

usage: memory.py SOURCE-DIR -- SCHANCFG...
"""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

source = pathlib.Path(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1:]
schema = json.loads((source / "lib/docs/schemas" / "memory.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
folder = pathlib.Path(tempfile.mkdtemp())
wrong = []

KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL"
GOOD = {
    "format_version": "1.0",
    "os": "windows-server-2022",
    "keys": [{"key": KEY, "values": [
        {"name": "EventLogging", "type": "REG_DWORD", "data": 1},
        {"name": "Quad", "type": "REG_QWORD", "data": 2 ** 64 - 1},
        {"name": "", "type": "REG_SZ", "data": "text"},
        {"name": "Path", "type": "REG_EXPAND_SZ", "data": "%SystemRoot%"},
        {"name": "List", "type": "REG_MULTI_SZ", "data": ["a", "b"]},
        {"name": "Bytes", "type": "REG_BINARY", "hex": "00fF"},
        {"name": "Short", "type": "REG_DWORD", "hex": "01"},
        {"name": "Other", "type": "REG_TYPE_0x1234", "hex": ""},
        {"name_utf16": "00d8", "type": "REG_NONE", "hex": ""},
    ]}, {"key_utf16": KEY.encode("utf-16-le").hex() + "5c0041003100"}],
}


def changed(change):
    document = copy.deepcopy(GOOD)
    change(document)
    return document


def value(**members):
    return lambda document: document["keys"][0]["values"].__setitem__(0, {"name": "EventLogging", **members})


BAD = {
    "no version": lambda d: d.pop("format_version"),
    "another version": lambda d: d.update(format_version="2.0"),
    "a version that is a number": lambda d: d.update(format_version=1),
    "no keys": lambda d: d.pop("keys"),
    "keys that are no list": lambda d: d.update(keys={}),
    "an unknown member": lambda d: d.update(extra=1),
    "a release that is a number": lambda d: d.update(os=2022),
    "a key that is a number": lambda d: d["keys"].append({"key": 1}),
    "a key without a name": lambda d: d["keys"].append({"values": []}),
    "a key with two names": lambda d: d["keys"].append({"key": KEY + "\\B", "key_utf16": "4100"}),
    "a key outside of the roots": lambda d: d["keys"].append({"key": "SYSTEM\\X"}),
    "an unknown member of a key": lambda d: d["keys"].append({"key": KEY + "\\B", "link": True}),
    "values that are no list": lambda d: d["keys"].append({"key": KEY + "\\B", "values": {}}),
    "a value without a type": value(data=1),
    "a value without data": value(type="REG_DWORD"),
    "data and hex": value(type="REG_DWORD", data=1, hex="01000000"),
    "an unknown member of a value": value(type="REG_DWORD", data=1, note="x"),
    "a negative number": value(type="REG_DWORD", data=-1),
    "a number of 33 bits": value(type="REG_DWORD", data=2 ** 32),
    "a number of 65 bits": value(type="REG_QWORD", data=2 ** 64),
    "a fraction": value(type="REG_DWORD", data=0.5),
    "text for a number": value(type="REG_DWORD", data="1"),
    "a number for text": value(type="REG_SZ", data=1),
    "a list for text": value(type="REG_SZ", data=["a"]),
    "text for a list": value(type="REG_MULTI_SZ", data="a"),
    "a list of numbers": value(type="REG_MULTI_SZ", data=[1]),
    "odd hex": value(type="REG_BINARY", hex="0"),
    "hex that is none": value(type="REG_BINARY", hex="0g"),
    "an unknown type": value(type="DWORD", data=1),
    "a type that is nearly one": value(type="REG_WORD", hex="01"),
}


def reader_takes(document):
    path = folder / "registry.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = subprocess.run([*command, "status", "memory:" + str(path)], capture_output=True)
    if done.returncode not in (0, 2):
        wrong.append(f"the reader ended with {done.returncode}: {done.stderr.decode()}")
    return done.returncode == 0


def judge(name, document, right):
    if validator.is_valid(document) != right:
        wrong.append(f"the schema {'refuses' if right else 'takes'} {name}")
    if reader_takes(document) != right:
        wrong.append(f"the reader {'refuses' if right else 'takes'} {name}")


judge("a file with everything in it", GOOD, True)
judge("an empty registry", {"format_version": "1.0", "keys": []}, True)
judge("a registry of no release", changed(lambda d: d.update(os=None)), True)
for name, change in BAD.items():
    judge(name, changed(change), False)

# What the program writes.
written = folder / "written.json"
done = subprocess.run([*command, "apply", "strict", "--target", "memory:" + str(written), "--os", "2022", "--yes", "--backup",
                       str(folder / "record.json")], capture_output=True)
if done.returncode != 0:
    wrong.append("apply failed: " + done.stderr.decode())
else:
    wrong += ["written file: " + error.message for error in validator.iter_errors(json.loads(written.read_text(encoding="utf-8")))]

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
