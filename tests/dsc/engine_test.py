#!/usr/bin/env python3
"""A stand-in for the engine of Microsoft DSC v3: reads the manifest and calls its commands as the protocol says.

engine_test.py ROOT MANIFEST [--schemas DIR] -- PROGRAM...

Asserted are the promises of the protocol: what is on standard output and nothing else, the shapes of log lines, exit codes of the manifest, what-if without a
write, a test that minds order, export and set as each other's inverse. With --schemas (the published ones, v3.0 and v3.1) manifest and documents are validated.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None


class Engine:
    def __init__(self, manifest, program, folder):
        self.manifest, self.program, self.folder = manifest, program, folder
        self.schema = None

    def call(self, operation, text=None, trace=None, arguments=()):
        command = self.manifest[operation]
        command = command.get("command", command)
        assert command["executable"] == "schancfg"
        environment = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "WINEPREFIX", "WINEDEBUG")}
        environment["XDG_STATE_HOME"] = str(self.folder / "state")
        if trace:
            environment["DSC_TRACE_LEVEL"] = trace
        source = subprocess.DEVNULL if text is None else None
        done = subprocess.run([*self.program, *command.get("args", []), *arguments], cwd=self.folder, env=environment, stdin=source,
                              input=None if text is None else text.encode() if isinstance(text, str) else text, capture_output=True, check=False, timeout=120)
        out, error = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert str(done.returncode) in self.manifest["exitCodes"], (done.returncode, error)
        for line in error.splitlines():
            entry = json.loads(line)
            assert len(entry) == 1 and set(entry) <= {"error", "warn", "info", "debug", "trace"}, line
        if done.returncode != 0:
            assert out == "", "nothing is half printed"
            assert '"error"' in error, "a failure says why"
        return done.returncode, [line for line in out.splitlines()], error

    def states(self, operation, desired, **more):
        code, lines, error = self.call(operation, desired if isinstance(desired, (str, bytes)) or desired is None else json.dumps(desired), **more)
        assert code == 0, error
        values = [json.loads(line) for line in lines]
        if jsonschema and self.schema:
            jsonschema.Draft202012Validator(self.schema).validate(values[0])
        return values


def held(state):
    return {(row["key"], row["value"]): row.get("data", row.get("hex")) for row in state["values"] if row.get("_exist", True)}


def main():
    words = sys.argv[1:]
    program = words[words.index("--") + 1:]
    words = words[:words.index("--")]
    root = pathlib.Path(words[0])
    manifest = json.loads(pathlib.Path(words[1]).read_text())
    schemas = pathlib.Path(words[words.index("--schemas") + 1]) if "--schemas" in words else None
    if schemas and jsonschema:
        for version in ("3.0", "3.1"):
            schema = json.loads((schemas / f"manifest-v{version}.json").read_text())
            jsonschema.Draft202012Validator(schema).validate(manifest)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        engine = Engine(manifest, program, folder)
        code, lines, _ = engine.call("schema")
        assert code == 0 and len(lines) == 1
        engine.schema = json.loads(lines[0])
        assert engine.schema == json.loads((root / "lib/docs/schemas/dsc.schema.json").read_text()), "the schema that is shipped is the one that is printed"
        if jsonschema:
            jsonschema.Draft202012Validator.check_schema(engine.schema)
        file = folder / "machine.json"
        subprocess.run([*program, "apply", "strict", "--target", f"memory:{file.name}", "--os", "2022", "--yes", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, XDG_STATE_HOME=str(folder / "state")))
        target = f"memory:{file.name}"
        lists = ["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]
        desired = {"target": target, "settings": {"protocols": {"TLS 1.1": {"server": "disabled"}}, "cipher_suites": {"policy": {"order": lists}}}}

        # Not yet: two lines, the second names what differs.
        state, differs = engine.states("test", desired)
        assert state["_inDesiredState"] is False and differs == ["values"] and len(state["differs"]) == 1, (state, differs)

        # What-if writes nothing and predicts what set then gives.
        before = file.read_bytes()
        predicted, changed = engine.states("whatIf", desired)
        assert file.read_bytes() == before and changed == ["values"]
        after, changed = engine.states("set", desired)
        assert changed == ["values"] and after == predicted, (predicted, after)
        assert after["_restartRequired"] and file.read_bytes() != before
        state, differs = engine.states("test", desired)
        assert state["_inDesiredState"] is True and differs == []

        # Again: no write, no change.
        before = file.read_bytes()
        again, changed = engine.states("set", desired)
        assert changed == [] and file.read_bytes() == before and "_restartRequired" not in again

        # The order of a list matters.
        turned = json.loads(json.dumps(desired))
        turned["settings"]["cipher_suites"]["policy"]["order"].reverse()
        assert engine.states("test", turned)[0]["_inDesiredState"] is False

        # A set is undone like an apply.
        subprocess.run([*program, "undo", "--target", target, "--yes", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, XDG_STATE_HOME=str(folder / "state")))
        assert engine.states("test", desired)[0]["_inDesiredState"] is False

        # Gone: what-if deletes nothing, set does, get says so and exits with 0.
        raw = {"target": target, "values": [{"key": r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Ciphers\RC4 128/128", "value": "Enabled", "type": "REG_DWORD", "data": 0}]}
        assert engine.states("test", raw)[0]["_inDesiredState"] is True
        gone = dict(raw, _exist=False)
        before = file.read_bytes()
        assert engine.states("whatIf", gone)[0]["_exist"] is False and file.read_bytes() == before
        assert engine.states("set", gone)[0]["_exist"] is False
        assert engine.states("get", gone)[0]["_exist"] is False and engine.states("test", gone)[0]["_inDesiredState"] is True

        # get of everything, and export and set as each other's inverse.
        everything = engine.states("get", {"target": target})
        assert len(everything) == 1 and len(held(everything[0])) > 20
        code, lines, _ = engine.call("export", arguments=["--target", target])
        assert code == 0 and len(lines) == 1
        exported = json.loads(lines[0])
        code, lines, _ = engine.call("export", arguments=["--target", "os:2022"])
        assert code == 0 and len(lines) == 1
        fresh = dict(exported, target="memory:other.json@2022", allowLockOut=True)
        copied, _ = engine.states("set", fresh)
        assert held(copied) == held(exported)

        # Bad input: exit 2, nothing on standard output, one line.
        for text in ("{", "[]", '{"target": 1}', '{"targt": "live"}', json.dumps(desired) + "x", '{"values": [{}]}', '{"_exist": 1}', '{"settings": {"protocols": null}}', "", b"\xff",
                     json.dumps(dict(raw, values=raw["values"] * 2)), json.dumps({"target": target, "profile": "strcit"}),
                     json.dumps({"target": target, "values": [{"key": r"HKLM\SOFTWARE\Example", "value": "A", "type": "REG_DWORD", "data": 1}]})):
            code, _, error = engine.call("set", text)
            assert code == 2, (text, code, error)
        assert "did you mean" in engine.call("set", '{"targt": "live"}')[2]
        assert engine.call("get", '{"target": "memory:none/none.json"}')[0] in (2, 3)

        # A byte order mark and line ends of Windows; a large input.
        engine.states("get", b"\xef\xbb\xbf" + json.dumps(desired, indent=1).replace("\n", "\r\n").encode())
        assert engine.call("get", json.dumps({"target": target, "profile": "x" * (1 << 20)}))[0] == 2

        # Every line of the log is the engine's, whatever the level; without one warnings and worse alone.
        assert engine.call("get", json.dumps(desired), trace="TRACE")[2] != ""
        assert '"debug"' not in engine.call("get", json.dumps(desired))[2] and '"info"' not in engine.call("get", json.dumps(desired))[2]

        # Documents of every shipped profile.
        profiles = json.loads(subprocess.run([*program, "profiles", "--format", "json"], check=True, capture_output=True).stdout)["profiles"]
        for profile in profiles:
            for removal in ((), ("--removal",)):
                done = subprocess.run([*program, "export", profile["name"], "--format", "dsc", "--os", "2022", *removal], capture_output=True, check=False)
                if done.returncode != 0:
                    continue
                document = json.loads(done.stdout)
                names = [resource["name"] for resource in document["resources"]]
                assert len(names) == len(set(names)) and names
                for resource in document["resources"]:
                    properties = resource["properties"]
                    assert resource["type"] == "Microsoft.Windows/Registry" and set(properties) <= {"keyPath", "valueName", "valueData", "_exist"}
                    assert ("valueData" in properties) != ("_exist" in properties) and len(properties.get("valueData", {"": 0})) == 1
                if schemas and jsonschema:
                    for version in ("3.0", "3.1"):
                        jsonschema.Draft202012Validator(json.loads((schemas / f"document-v{version}.json").read_text())).validate(document)
    print("ok", "with schemas" if schemas and jsonschema else "without published schemas")


main()
