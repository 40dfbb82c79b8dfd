#!/usr/bin/env python3
"""Names that would steer a terminal, Markdown, JSON, a CI's log or a registry file are shown harmlessly in every output, and exported exactly.

The judges: cmark-gfm and Python's HTML parser for Markdown (Debian: cmark-gfm), Python's own readers for JSON, TOML and XML.
"""
import html.parser
import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.sax.saxutils

command = sys.argv[sys.argv.index("--") + 1:]
wrong = []
outputs = 0

HOSTILE = {
    "terminal": "\x1b[2J\x1b]0;owned\x07\x1b[31mred\x1b[0m",
    "c1": "a\u009b31mred\u0085FORGED",
    "line": "a\nFORGED: done\r\nFORGED\rFORGED\u2028FORGED\u2029FORGED",
    "bidi": "gnp\u202egpj.exe\u2066\u2069\u200f",
    "hidden": "TLS\u200b 1.0\ufeff\u00ad\u2060\U000e0041",
    "control": "\x01\x02\x08\x0b\x0c\x7f",
    "markup": "**bold** _em_ ~~gone~~ # head [link](https://evil.example) ![image](https://evil.example/x.png)",
    "address": "https://evil.example/x www.evil.example a@evil.example @admin @@b `@c` #1 <https://evil.example>",
    "code": "`code` ``` `` | cell | cell `",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;</td></table><!-- ",
    "xml": "]]>&quot;'\"><evil/>",
    "json": "\"},\"evil\":{\"a\":[\"",
    "github": "::error file=evil::FORGED%0A::warning::FORGED ::set-output name=a::b",
    "csv": "=cmd|' /C calc'!A0,+1;-1,@SUM(A1)\t1",
    "shell": "$(evil) `evil` ${evil} '; evil # & evil | evil > evil %PATH% !evil! $env:evil\"",
    "reg": "a\"=dword:00000001 ;=hex(2):00,00 @=- ]",
    "toml": "a\"\"\" = 1 ''' [evil] # \"",
    "percent": "%s%n%x{}{0}%1$s",
    "edge": "-----BEGIN --- +++ === > 1. - * ",
    "astral": "\U0001f600\U00010348 e\u0301",
    "long": "x" * 255,
}

TREACHEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
TAGS = {"p", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li", "code", "pre", "strong", "em", "br", "hr", "details", "summary"}


def complain(run, what):
    wrong.append("%s: %s" % (" ".join(map(repr, run)), what))


def check_lines(run, text, where):
    if found := TREACHEROUS.search(text):
        complain(run, "%s holds %r in %r" % (where, found[0], text[max(0, found.start() - 40):found.end() + 20]))
    for line in text.split("\n"):
        if line.startswith("FORGED"):
            complain(run, "%s has a line of its own: %r" % (where, line))


class Page(html.parser.HTMLParser):
    def __init__(self, run):
        super().__init__()
        self.run = run

    def handle_starttag(self, tag, attributes):
        attributes = [each for each in attributes if each[0] != "align" and not (tag in ("code", "pre") and each[0] in ("class", "lang"))]
        if tag not in TAGS or attributes:
            complain(self.run, "Markdown gives <%s %s>" % (tag, attributes))

    def handle_comment(self, data):
        complain(self.run, "Markdown gives a comment: %r" % data)


def check_markdown(run, text):
    check_lines(run, text, "standard output")
    rendered = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink"], input=text.encode(), capture_output=True,
                              check=True).stdout.decode()
    page = Page(run)
    page.feed(rendered)
    page.close()
    columns = None
    for line in text.split("\n"):
        # A bar that is not escaped ends a cell.
        bars = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) if line.startswith("|") else None
        if columns is not None and bars is not None and bars != columns:
            complain(run, "a row of %d bars in a table of %d: %r" % (bars, columns, line))
        columns = bars


def check_github(run, text):
    check_lines(run, text, "standard output")
    for line in text.splitlines():
        if not re.fullmatch(r"::(error|warning|notice) file=[^,:]*(,(line|col|title)=[^,:]*)*::.*", line):
            complain(run, "this is not an annotation: %r" % line)


CHECKS = {"text": lambda run, text: check_lines(run, text, "standard output"), "markdown": check_markdown, "github": check_github}


def run(folder, *words, expect=None):
    """Runs the program; gives its standard output, which was looked at."""
    global outputs
    done = subprocess.run([*command, *words], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    outputs += 1
    if done.returncode not in ((0, 1, 2, 3) if expect is None else (expect,)):
        complain(words, "exit code %d: %s" % (done.returncode, done.stderr.decode(errors="replace")))
    try:
        errors, output = done.stderr.decode(), done.stdout if "reg" in words else done.stdout.decode()
    except UnicodeDecodeError as error:
        complain(words, error)
        return None
    check_lines(words, errors, "standard error")
    form = words[words.index("--format") + 1] if "--format" in words else "text"
    if form in ("json", "sarif"):
        if output:
            try:
                json.loads(output)
            except ValueError as error:
                complain(words, error)
            check_lines(words, output, "standard output")
    elif form in CHECKS:
        CHECKS[form](words, output)
    return output


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain(value, *map(strings, value.values()))
    elif isinstance(value, list):
        yield from itertools.chain(*map(strings, value))


def holds(run, output, text):
    if output and not any(text in each for each in strings(json.loads(output))):
        complain(run, "%r is not in it" % text)


SCHANNEL = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"


def state(text):
    """A memory registry with the text as the name of a key, the name of a value, and data."""
    key_name = text.replace("\\", "")
    keys = [{"key": SCHANNEL + "\\Ciphers\\" + key_name, "values": [{"name": "Enabled", "type": "REG_DWORD", "data": 0}]},
            {"key": SCHANNEL, "values": [{"name": text, "type": "REG_DWORD", "data": 1}, {"name": "Text", "type": "REG_SZ", "data": text},
                                         {"name": text + "list", "type": "REG_MULTI_SZ", "data": ["1", "2", "3", "4", "5" + text]}]},
            {"key": r"HKLM\SYSTEM\CurrentControlSet\Control\Cryptography\Configuration\Local\SSL\00010002",
             "values": [{"name": "Functions", "type": "REG_MULTI_SZ", "data": ["TLS_RSA_WITH_AES_128_CBC_SHA", text]}]}]
    return json.dumps({"format_version": "1.0", "os": "windows-server-2022", "keys": keys})


def toml(text):
    return '"%s"' % "".join(c if c not in '"\\' and c >= " " and c != "\x7f" else "\\u%04x" % ord(c) for c in text)


def nmap(text):
    quoted = xml.sax.saxutils.quoteattr("".join(c for c in text if c >= " " or c in "\n\r"), {"\n": "&#10;", "\r": "&#13;"})
    return ('<?xml version="1.0"?>\n<nmaprun scanner="nmap" version="7.93" start="1"><host><status state="up"/><address addr="192.0.2.1" addrtype="ipv4"/>'
            '<hostnames><hostname name=%s type="user"/></hostnames><ports><port protocol="tcp" portid="443"><state state="open"/>'
            '<script id="ssl-cert" output=""><table key="subject"><elem key="commonName">%s</elem></table></script>'
            '<script id="ssl-enum-ciphers" output=""><table key="TLSv1.0"><table key="ciphers"><table><elem key="name">TLS_RSA_WITH_3DES_EDE_CBC_SHA</elem>'
            '</table><table><elem key="name">%s</elem></table></table></table></script></port></ports></host>'
            '<runstats><finished time="2" exit="success"/></runstats></nmaprun>\n') % (quoted, quoted[1:-1], quoted[1:-1])


def check_state(folder, text):
    (folder / "state.json").write_text(state(text))
    (folder / "plain.json").write_text(json.dumps({"format_version": "1.0", "os": "windows-server-2022", "keys": []}))
    for form in ("text", "json", "markdown"):
        status = run(folder, "status", "memory:state.json", "--all", "--format", form, expect=0)
        diff = run(folder, "diff", "--from", "memory:state.json", "--to", "memory:plain.json", "--format", form, expect=1)
        if form == "json":
            for words, output in (("status",), status), (("diff",), diff):
                holds(words, output, text)
    for form in ("text", "json", "sarif", "github"):
        run(folder, "lint", "memory:state.json", "--format", form)
    for form in ("toml", "json"):
        run(folder, "export", "--target", "memory:state.json", "--format", form, "-o", "out." + form, expect=0)
    tomllib.loads((folder / "out.toml").read_bytes().decode())
    for name in "out.toml", "out.json":
        check_lines(("export", name), (folder / name).read_bytes().decode(), name)
    # A registry file has no way to say a line end in a name; every other name comes back from it.
    words = ("export", "--target", "memory:state.json", "--format", "reg", "-o", "out.reg")
    if re.search("[\r\n\0]", text):
        run(folder, *words)
    else:
        run(folder, *words, expect=0)
        run(folder, "diff", "--from", "memory:state.json", "--to", "reg:out.reg@2022", expect=0)
    run(folder, "diff", "out.toml", "--target", "memory:state.json", expect=0)
    # Taken away, listed and brought back.
    (folder / "p.toml").write_text("format = 1\n[registry.%s]\n%s = \"default\"\nText = \"default\"\n" % (toml(SCHANNEL), toml(text)))
    before = (folder / "state.json").read_bytes()
    for form in ("text", "json", "markdown"):
        run(folder, "apply", "p.toml", "--target", "memory:state.json", "--yes", "--backup", "undo-%s.json" % form, "--format", form, expect=0)
        record = folder / ("undo-%s.json" % form)
        if record.exists():
            run(folder, "undo", record.name, "--yes", "--format", form, expect=0)
            holds(("record", form), record.read_text(), text)
    if json.loads(before)["keys"][-1] not in json.loads((folder / "state.json").read_bytes())["keys"]:
        complain(("undo",), "the state is another one: %r" % text)


def check_profile(folder, text):
    quoted = toml(text)
    profiles = {
        "name": 'format = 1\nname = %s\ndescription = %s\n[protocols]\n"TLS 1.0" = "disabled"\n' % (quoted, quoted),
        "table": "format = 1\n[%s]\na = 1\n" % quoted,
        "protocol": "format = 1\n[protocols]\n%s = \"disabled\"\n" % quoted,
        "word": "format = 1\n[protocols]\n\"TLS 1.0\" = %s\n" % quoted,
        "suite": "format = 1\n[cipher_suites.policy]\norder = [%s]\n" % quoted,
        "curve": "format = 1\n[elliptic_curves.local]\norder = [%s]\n" % quoted,
        "extends": "format = 1\nextends = [%s]\n" % quoted,
        "windows": "format = 1\nwindows = %s\n" % quoted,
        "key": "format = 1\n[registry.%s]\nEnabled = 1\n" % toml(SCHANNEL + "\\Ciphers\\" + text),
        "elsewhere": "format = 1\n[registry.%s]\n%s = 1\n" % (toml("HKLM\\SOFTWARE\\" + text), quoted),
        "type": "format = 1\n[registry.%s]\nA = { type = %s, hex = \"00\" }\n" % (toml(SCHANNEL), quoted),
        "syntax": "format = 1\n%s\n" % text,
        "allow": 'format = 1\n[protocols]\n# schancfg: allow %s\n"TLS 1.0" = "enabled"\n' % text,
    }
    for name, content in profiles.items():
        (folder / (name + ".toml")).write_bytes(content.encode())
        for form in ("text", "json", "markdown"):
            run(folder, "diff", name + ".toml", "--target", "os:2022", "--format", form)
        for form in ("text", "json", "sarif", "github"):
            run(folder, "lint", name + ".toml", "--os", "2022", "--format", form)


def check_peer(folder, text):
    (folder / "scan.xml").write_bytes(nmap(text).encode())
    (folder / "peer.toml").write_text('[peer]\nrole = "client"\nname = %s\nprotocols = ["TLS 1.0"]\ncipher_suites = ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]\n' % toml(text))
    (folder / "odd.toml").write_text("[peer]\nprotocols = [%s]\ncipher_suites = [%s]\n" % (toml(text), toml(text)))
    for form in ("text", "json", "markdown"):
        run(folder, "doctor", "--client", "os:2022", "--server", "scan.xml", "--format", form)
        run(folder, "doctor", "--client", "peer.toml", "--server", "os:2025", "--format", form)
        run(folder, "doctor", "--client", "os:2022", "--server", "odd.toml", "--format", form)
        run(folder, "diff", "strict", "--target", "os:2022", "--peers", "scan.xml", "--format", form, expect=1)


def check_words(folder, text):
    for words in (("explain", text), ("explain", "--list", text), ("diff", text, "--target", "os:2022"), ("diff", "strict", "--target", text), ("status", "os:" + text),
                  ("status", "os:2022", "--update", text), ("doctor", "--client", "os:2022", "--server", text), ("status", "os:2022", "--format", text),
                  ("doctor", "--client", "os:2022", "--server", "os:2012", "--error", text), (text,), ("help", text), ("--" + text,), ("undo", text),
                  ("profiles", "--show", text), ("doctor", "--client", "os:2022", "--server", "scan:scan.xml#" + text), ("status", "os:2022@" + text)):
        run(folder, *words)


def check_files(folder, text):
    name = text.replace("/", "").replace("\0", "")[:80]
    try:
        (folder / (name + ".toml")).write_text('format = 1\n[protocols]\n"TLS 1.0" = "enabled"\n"SSL 2.0" = "enabled"\n')
        (folder / (name + ".reg")).write_text("REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL]\n\"EventLogging\"=dword:7\nnonsense\n")
        (folder / (name + ".json")).write_text("{")
        (folder / (name + ".xml")).write_bytes(nmap("plain").encode())
    except OSError:
        complain(("file",), "%r cannot be a file's name" % name)
        return
    for form in ("text", "json", "markdown"):
        run(folder, "diff", "./" + name + ".toml", "--target", "os:2022", "--format", form, expect=1)
        run(folder, "diff", "./" + name + ".reg", "--target", "os:2022", "--format", form, expect=1)
        run(folder, "status", "reg:" + name + ".reg", "--os", "2022", "--format", form, expect=0)
        run(folder, "doctor", "--client", "os:2022", "--server", "scan:" + name + ".xml", "--format", form)
        run(folder, "diff", "strict", "--target", "os:2022", "--peers", "./" + name + ".xml", "--format", form, expect=1)
    for form in ("text", "json", "sarif", "github"):
        run(folder, "lint", "./" + name + ".toml", "--os", "2022", "--format", form)
        run(folder, "lint", "./" + name + ".reg", "--os", "2022", "--format", form)
    run(folder, "status", "memory:" + name + ".json", expect=2)
    for log in ("-v",), ("-v", "--log-format", "json"):
        run(folder, "diff", "./" + name + ".toml", "--target", "os:2022", *log, expect=1)
        run(folder, "diff", "./" + name + ".reg", "--target", "os:2022", *log, expect=1)
        run(folder, "apply", "./" + name + ".toml", "--target", "memory:" + name + "-new.json", "--os", "2022", "--yes", *log, expect=0)
        run(folder, "undo", "--target", "memory:" + name + "-new.json", "--yes", *log, expect=0)
        run(folder, "undo", "--list", *log, expect=0)
    for form in "text", "json":
        run(folder, "undo", "--list", "--format", form, expect=0)


with tempfile.TemporaryDirectory() as name:
    for kind, hostile in HOSTILE.items():
        folder = pathlib.Path(name) / kind
        folder.mkdir()
        for check in (check_state, check_profile, check_peer, check_words, check_files):
            check(folder, hostile)
print("%d names, %d outputs" % (len(HOSTILE), outputs))
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
