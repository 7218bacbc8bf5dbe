# SPDX-License-Identifier: BSD-3-Clause
"""Mutates everything that the generator reads, and looks at how each run ends.

    make fuzz N=100000 [SEED=1]

A case changes specs, manifests, levels, templates, tree manifests, hash files or folders of a small project and
runs one command in a forked process. It must end with exit 0, 1 or 2 within its limits of time and memory, write
nothing outside of the output, and give every error in the usual form, without a character that is not seen.
A case is its number: `make fuzz N=1 SEED=NUMBER` repeats it.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from generator import cli, commands, reports  # noqa: F401 - before the fork
from generator.tree import sandbox  # noqa: F401

SMALL = Path(__file__).parent.parent / "unit/data/small"
SECONDS, MEMORY = 2, 300 << 20
COMMANDS = (
    *(["gen", "small"], ["gen", "small", "--force"], ["gen", "small", "-n"], ["gen", "small", "-o", "out"]),
    *(["check"], ["diff"], ["list"], ["list", "--json"], ["explain", "small"], ["explain", "small", "machine.c"]),
    *(["docs", "-n"], ["gen", "small", "--core", "bare"], ["check", "--core", "bare"], ["schema"]),
)
OUTPUT = ("platforms/small", "out", "build")
TOKENS = (
    *(
        "\0",
        "\r",
        "\x1b[31m",
        "\u202e",
        "\u2028",
        "\ufeff",
        "é",
        "\U0001f600",
        "\n",
        "\n\n",
        "\t",
        " ",
        ": ",
        "- ",
        "#",
    ),
    *("[", "]", "{", "}", "{{", "}}", "{%", "%}", "{#", "'", '"', "\\", "$(", "`", "*/", "&a", "*a", "!!x", "|", ">"),
    *("no", "010", "0x", "1e9", "1:30", "~", "null", "-1", "99999999999999999999", "1.5", "true", "<<", "=", "?"),
    *("../", "/", "..", ".", ".git", "component.yaml", "CONFIG_X", "PLAT_SMALL", "small", "core", "clocks.a", "bare"),
    *("files:", "slots:", "levels:", "facts:", "requires:", "provides:", "serves:", "values:", "options:", "takes:"),
    *(
        "{{ x }}",
        "{% for i in range(9) %}",
        "{% endfor %}",
        "{% include 'x' %}",
        "{{ spec.name }}",
        "{{ option('x') }}",
    ),
    *("config X\n\tbool\n", "menu", "endmenu", "select X\n", '"format": 1', '"files": {}', '"writing"', "0" * 64),
)
MESSAGE = re.compile(r"^.+: error: .+ \[[a-z0-9-]+\]$", re.MULTILINE)


class Fault(NamedTuple):
    """A case that did not end as it must."""

    number: int
    command: list[str]
    what: str
    said: str


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One change of a file's bytes."""
    at, token = chance.randrange(len(data) + 1), chance.choice(TOKENS).encode()
    end = min(len(data), at + chance.choice((1, 4, 20, 200)))
    lines = data.split(b"\n")
    i, k = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(11):
        case 0:
            return data[:at] + token + data[at:]
        case 1:
            return data[:at] + token + data[end:]
        case 2:
            return data[:at] + data[end:]
        case 3:
            return data[:at]
        case 4:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 5:
            lines[i], lines[k] = lines[k], lines[i]
        case 6:
            lines.insert(i, lines[k])
        case 7:
            del lines[i]
        case 8:
            return data[:at] + token * chance.choice((2, 40, 5000)) + data[at:]
        case 9:
            words = re.findall(rb"[\w.-]+", data) or [b"x"]
            return data.replace(chance.choice(words), chance.choice([*words, token]), 1)
        case _:
            words = re.findall(rb"[\w.-]+", data) or [b"x"]
            return data.replace(chance.choice(words), token)
    return b"\n".join(lines)


def replace(place: Path, chance: random.Random) -> None:
    """Something else in place of a file."""
    place.unlink()
    match chance.randrange(8):
        case 0:
            place.mkdir()
        case 1:
            os.mkfifo(place)
        case 2:
            place.symlink_to(chance.choice(("/dev/zero", "/etc/hostname", "nowhere", place.name, "..")))
        case 3:
            with place.open("wb") as file:
                file.truncate(chance.choice((0, 2 << 30)))
        case 4:
            place.with_name(chance.choice(("x\x1b", "X y", "é", ".hidden", "n" * 250))).write_bytes(b"x")
        case 5:
            place.write_bytes(bytes(chance.randrange(256) for _ in range(64)))
        case 6:
            place.write_text("\n".join(f"k{i}: [{i}]" for i in range(20000)))
        case _:
            pass


def case(number: int, base: Path, work: Path) -> Fault | None:
    """Make, run and judge one case."""
    chance = random.Random(number)
    shutil.copytree(base, work, symlinks=True)
    files = sorted(path for path in work.rglob("*") if path.is_file() and "unikraft" not in path.parts)
    for place in chance.sample(files, chance.choice((1, 1, 1, 2, 4))):
        if chance.random() < 0.1:
            replace(place, chance)
        else:
            place.write_bytes(mutate(place.read_bytes(), chance))
    command = chance.choice(COMMANDS)
    before = listing(work)
    with tempfile.TemporaryFile() as said:
        code, seconds, memory = run(command, work, said.fileno())
        said.seek(0)
        text = said.read(1 << 20).decode("utf-8", "backslashreplace")
    what = fault(code, seconds, memory, text)
    if not what and listing(work) != before:
        what = "wrote outside of the output"
    shutil.rmtree(work)
    return Fault(number, command, what, text[-2000:]) if what else None


def listing(work: Path) -> dict[str, tuple[int, int, int]]:
    """All that is not output, with size and time."""
    found = {}
    for folder, names, files in os.walk(work):
        for name in (*names, *files):
            path = os.path.join(folder, name)
            inside = os.path.relpath(path, work)
            status = os.lstat(path)
            if inside not in ("platforms", "platforms/small.hashes") and not inside.startswith(OUTPUT):
                found[inside] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def run(command: list[str], work: Path, said: int) -> tuple[int, float, int]:
    """Exit code (or minus the signal), seconds of the processor and bytes of memory that a command takes more."""
    own = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    child = os.fork()
    if child == 0:
        code = 3
        try:
            os.chdir(work)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said, 2)
            sys.stdout, sys.stderr = open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115
            signal.alarm(20)  # waiting takes no time of the processor
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
            resource.setrlimit(resource.RLIMIT_AS, (own + MEMORY, own + MEMORY))
            code = cli.main(command)
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss


def fault(code: int, seconds: float, memory: int, text: str) -> str:
    """What is wrong with the end of a run."""
    if code not in (0, 1, 2):
        return f"exit {code} after {seconds:.1f} s, {memory >> 10} MB"
    if "not enough memory" in text:
        return "no memory"
    if hidden := [c for c in text if c != "\n" and not c.isprintable()]:
        return f"prints U+{ord(hidden[0]):04X}"
    count = re.search(r"^(\d+) errors?(?:; the first \d+ .*)?$", text, re.MULTILINE)
    if code == 2 and not count:
        return "exit 2 without a count of errors"
    if code == 2 and count and len(MESSAGE.findall(text)) != min(int(count[1]), 50):
        return "an error in another form"
    return ""


def main(count: int, seed: int) -> int:
    """Run `count` cases; print the faults and how many there are."""
    folder = Path(tempfile.mkdtemp(prefix="platgen-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    faults, begin = 0, time.monotonic()
    try:
        shutil.copytree(SMALL, folder / "base", symlinks=True)
        for command in (["gen", "small"], ["gen", "small", "-o", "out"]):
            with open(os.devnull, "w") as nothing:
                assert run(command, folder / "base", nothing.fileno())[0] == 0
        for number in range(seed, seed + count):
            found = case(number, folder / "base", folder / "case")
            if found:
                faults += 1
                print(f"case {found.number}, {' '.join(found.command)}: {found.what}\n{found.said}", flush=True)
            if (number - seed + 1) % 1000 == 0:
                print(f"{number - seed + 1} cases, {faults} faults, {time.monotonic() - begin:.0f} s", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{count} cases from {seed}, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
