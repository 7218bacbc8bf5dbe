# SPDX-License-Identifier: BSD-3-Clause
"""Changes to a project's files and folders, as an enemy, a bad disk or a slip of the hand would make them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from random import Random

REPLACED, MOVED = 0.1, 0.03
"""How often something else stands in place of a file, or of the folder that it is in."""

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
    *("{{ x }}", "{% for i in range(9) %}", "{% endfor %}", "{% include 'x' %}", "{{ spec.name }}"),
    *("{{ option('x') }}", "config X\n\tbool\n", "menu", "endmenu", "select X\n"),
    *('"format": 1', '"files": {}', '"writing"', "0" * 64),
)


def change(work: Path, files: list[str], chance: Random) -> None:
    """Change one to four of a project's files."""
    for name in chance.sample(files, chance.choice((1, 1, 1, 2, 4))):
        place = work / name
        kind = chance.random()
        if not place.is_file():
            continue  # gone with its folder
        if kind < REPLACED:
            replace(place, chance)
        elif kind < REPLACED + MOVED:
            move(place.parent, work, chance)
        else:
            place.write_bytes(mutate(place.read_bytes(), chance))


def mutate(data: bytes, chance: Random) -> bytes:
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


def replace(place: Path, chance: Random) -> None:
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
            place.write_bytes(chance.randbytes(64))
        case 6:
            place.write_text("\n".join(f"k{i}: [{i}]" for i in range(20000)))
        case _:
            pass


def move(folder: Path, work: Path, chance: Random) -> None:
    """A folder under another name, or something else in its place."""
    if folder == work:
        return
    match chance.randrange(4):
        case 0:
            folder.rename(folder.with_name(chance.choice(("x\x1b", "X y", "é", ".hidden", "n" * 250))))
            return
        case 1:
            shutil.rmtree(folder)
        case 2:
            shutil.rmtree(folder)
            folder.write_bytes(b"x")
        case _:
            shutil.rmtree(folder)
            folder.symlink_to(chance.choice((folder.name, "nowhere", "/dev/null")))
