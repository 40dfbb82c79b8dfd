#!/usr/bin/env python3
"""Draws what a command prints on a terminal as two SVG files, for light and for dark pages.

    cmake/picture.py --out lib/docs/pictures/diff -- build/release/cli/schancfg diff …

writes diff-light.svg and diff-dark.svg. The output is the program's own, colours included; nothing is drawn by hand. With --check the files must be there
already and be the same.
"""
import argparse
import fcntl
import os
import pathlib
import pty
import re
import struct
import sys
import tempfile
import termios
from html import escape

THEMES = {
    "light": {"ground": "#ffffff", "edge": "#d0d7de", "text": "#1f2328", "dim": "#59636e", "31": "#b3261e", "32": "#116329", "33": "#7d4e00", "34": "#0550ae", "35": "#6639ba",
              "36": "#1b6d85"},
    "dark": {"ground": "#0d1117", "edge": "#30363d", "text": "#e6edf3", "dim": "#9198a1", "31": "#ff8a80", "32": "#56d364", "33": "#e3b341", "34": "#79c0ff", "35": "#d2a8ff",
             "36": "#76d4e8"},
}
SIZE, LINE, MARGIN = 13, 18, 16
ADVANCE = SIZE * 0.602  # of the usual monospaced fonts
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace"


def pieces(line):
    """(text, style) of one line; a style is a set of SGR numbers."""
    style, at = frozenset(), 0
    for found in re.finditer(r"\x1b\[([\d;]*)m", line):
        if found.start() > at:
            yield line[at:found.start()], style
        for code in found.group(1).split(";") or ["0"]:
            if code in ("", "0"):
                style = frozenset()
            elif code == "39":
                style = style - {"31", "32", "33", "34", "35", "36"}
            elif code == "22":
                style = style - {"1", "2"}
            else:
                style = style | {code}
        at = found.end()
    if at < len(line):
        yield line[at:], style


def draw(lines, title, theme, columns):
    colours = THEMES[theme]
    width, height = round(columns * ADVANCE) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">',
           f"<title>{escape(title)}</title>",
           f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{colours["ground"]}" stroke="{colours["edge"]}"/>',
           f'<g font-family="{FONT}" font-size="{SIZE}">']
    for number, line in enumerate(lines):
        column, y = 0, MARGIN + number * LINE + SIZE
        for text, style in pieces(line):
            fill = next((colours[code] for code in sorted(style) if code in colours), colours["dim"] if "2" in style else colours["text"])
            bold = ' font-weight="bold"' if "1" in style else ""
            # Each column by itself: not every reader keeps several blanks. The length is given, so that a font that is wider or narrower does not move the columns.
            for words in re.finditer(r"[^ ]+(?: [^ ]+)*", text):
                shown = words.group()
                out.append(f'<text x="{MARGIN + (column + words.start()) * ADVANCE:.1f}" y="{y}" textLength="{len(shown) * ADVANCE:.1f}" fill="{fill}"{bold}>{escape(shown)}</text>')
            column += len(text)
    return "\n".join([*out, "</g>", "</svg>", ""])


def on_terminal(program, columns, folder, environment, errors=True):
    """Its status, and what it prints on a terminal of so many columns; without `errors` standard error goes nowhere."""
    child, terminal = pty.fork()
    if child == 0:
        if not errors:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.chdir(folder)
        os.execve(program[0], program, environment)
    printed = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # The other end is closed.
            break
        if not chunk:
            break
        printed += chunk
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), printed.decode().replace("\r\n", "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, help="the files' name without its end")
    parser.add_argument("--file", action="append", default=[], type=pathlib.Path, help="a file that the command reads, put beside it")
    parser.add_argument("--columns", type=int, default=80, help="the terminal's width")
    parser.add_argument("--lines", type=int, default=40, help="at most so many lines of the output; a last line says how many more")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.file:
            (pathlib.Path(folder) / file.name).write_bytes(file.read_bytes())
        environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")} | {"LC_ALL": "C.UTF-8", "TERM": "xterm"}
        program = [str(pathlib.Path(arguments.command[0]).resolve()), *arguments.command[1:]]
        status, printed = on_terminal(program, arguments.columns, folder, environment)
    if status not in (0, 1):
        sys.exit(f"{' '.join(program)} ended with {status}: {printed}")
    said = "schancfg " + " ".join(arguments.command[1:])
    lines = printed.rstrip("\n").split("\n")
    if len(lines) > arguments.lines:
        lines = [*lines[:arguments.lines], f"\x1b[2m… {len(lines) - arguments.lines} more lines\x1b[0m"]
    lines = [f"\x1b[2m$\x1b[0m \x1b[1m{said}\x1b[0m", *lines]
    # As wide as the terminal: a line that is wider is a fault of the program.
    columns = max(arguments.columns, *(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in lines))
    if columns > max(arguments.columns, len(said) + 2):
        sys.exit(f"{said} prints a line of {columns} columns on a terminal of {arguments.columns}")
    different = []
    for theme in THEMES:
        path = pathlib.Path(f"{arguments.out}-{theme}.svg")
        drawn = draw(lines, said, theme, columns)
        if arguments.check and os.environ.get("SCHANCFG_APPROVE") != "1":
            if not path.is_file() or path.read_text(encoding="utf-8") != drawn:
                different.append(str(path))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn, encoding="utf-8")
    if different:
        sys.exit(f"no longer what the program prints: {', '.join(different)}; SCHANCFG_APPROVE=1 draws them anew")


if __name__ == "__main__":
    main()
