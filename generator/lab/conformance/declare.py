# SPDX-License-Identifier: BSD-3-Clause
"""What a check's file says about itself: one C file, one check, no registration elsewhere.

The comment above the code holds the facts that the host needs, a line each:

    number: 25              its places in the list of docs/conformance.md
    with: argument=10 ...   a variant of the check; each runs separately
    on: qemu-* xl           the machines on which it makes sense; all of them by default
    because: ...            why not on the others
    ends: crash             how the guest must end (poweroff)
    proof: end              nothing else shows whether it passed
    says: REGEX             a line that the console must show; {symbol} stands for an address
    before: COMMAND         what a Linux dom0 does before the guest runs, a line of shell
    beside: COMMAND         what it does while the guest runs; dom0_init.sh has words for both
    told: REGEX             what these commands must have said
    typed: 4096             letters that `type_it` types at the guest's console
    judge: NAME             who on the host has a word, too (judges/)
    memory: 64  vcpus: 1  module: BYTES  words: ...  length: BYTES  limit: SECONDS
    cpu: +FEATURE           what the emulated processor has besides the usual
    pause: SECONDS          for how long the host stops the machine when it sees the line "pause"
    monitor: COMMAND        for QEMU's monitor, given when the host sees the line "monitor"
    machine: acpi=off       options of QEMU's machine besides the usual
    device: NAME,KEY=VALUE  a device besides the usual, as QEMU's `-device` takes it
    blockdev: DRIVER,...    what is behind a disk, as QEMU's `-blockdev` takes it
    settings: NAME=VALUE    for all devices of a kind, as QEMU's `-global` takes it
    unemulated: SSE         what a KVM that emulates guests' kernels does not know
    heavy: 1                takes millions of instructions, too many for such a KVM
    counted: 1              the guest's clock counts instructions: exact, and the same in each run

A variant may set the same keys, as KEY=VALUE, for itself.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

GUEST = Path(__file__).parent.parent / "guest"
CHECK = re.compile(r'^CHECK\((\w+), "(.*)"\)$', re.M)
COMMENT = re.compile(r"^/\*\n(.*?)\n \*/$", re.M | re.S)
FACT = re.compile(r" \* ([a-z]+): (.*)$")
NUMBERS = (
    *("memory", "vcpus", "module", "length", "limit", "counted", "heavy", "pause", "typed"),
    *("maxmem", "maxvcpus"),
)
SHOWN = ("argument", "memory", "maxmem", "module", "vcpus", "maxvcpus", "length")
LISTS = ("says", "before", "beside", "told", "device", "blockdev", "settings")
TEXTS = ("ends", "proof", "judge", "argument", "words", "because", "on", "cpu", "monitor", "machine", "unemulated")


class BadCheck(Exception):
    """A file of generator/lab/guest that does not declare a check as it should."""


@dataclass(frozen=True)
class Variant:
    """One run of a check, and what has to be seen of it."""

    check: str
    what: str
    label: str = ""
    numbers: tuple[int, ...] = ()
    argument: str = ""
    words: str = ""
    on: str = "*"
    because: str = "not meant for this machine"
    ends: str = "poweroff"
    proof: str = ""
    says: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    typed: int = 0
    judge: str = ""
    memory: int = 64
    vcpus: int = 1
    maxmem: int = 0
    maxvcpus: int = 0
    module: int | None = None
    length: int = 0
    limit: int = 20
    cpu: str = ""
    counted: int = 0
    unemulated: str = ""
    heavy: int = 0
    pause: int = 0
    monitor: str = ""
    machine: str = ""
    device: tuple[str, ...] = ()
    blockdev: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The check, and what makes this run of it another one."""
        return f"{self.check}:{self.label}" if self.label else self.check

    @property
    def number(self) -> int:
        """The first of its places in the list."""
        return self.numbers[0]

    def runs_on(self, machine: str) -> bool:
        """Whether the check makes sense there."""
        return any(fnmatchcase(machine, pattern) for pattern in self.on.split())


def checks(folder: Path = GUEST) -> list[Variant]:
    """Every variant of every check, by place in the list and name."""
    found = [variant for path in sorted(folder.glob("*.c")) for variant in parse(path)]
    return sorted(found, key=lambda variant: (variant.numbers, variant.check))


def parse(path: Path) -> list[Variant]:
    """The variants that one file declares."""
    text = path.read_text()
    names = CHECK.findall(text)
    if [name for name, _ in names] != [path.stem]:
        raise BadCheck(f'{path.name}: needs one line CHECK({path.stem}, "what holds if it passes")')
    base = Variant(check=path.stem, what=names[0][1])
    variants: list[tuple[str, list[tuple[str, str]]]] = []
    for key, value in _facts(path, text):
        if key == "with":
            variants.append(_split(path, value))
        else:
            base = _set(path, base, key, value)
    if not base.numbers:
        raise BadCheck(f"{path.name}: needs a line `number: ...`")
    made = []
    for label, pairs in variants or [("", [])]:
        variant = replace(base, label=label)
        for key, value in pairs:
            variant = _set(path, variant, key, value)
        made.append(variant)
    return made


def _facts(path: Path, text: str) -> list[tuple[str, str]]:
    """The lines of the last paragraph of the first comment."""
    comment = COMMENT.search(text)
    paragraph = comment[1].split("\n *\n")[-1] if comment else ""
    found = []
    for line in paragraph.splitlines():
        fact = FACT.match(line)
        if not fact:
            raise BadCheck(f"{path.name}: {line.strip(' *')!r} is not `key: value`")
        found.append((fact[1], fact[2]))
    return found


def _split(path: Path, line: str) -> tuple[str, list[tuple[str, str]]]:
    """A variant's label, its keys and values."""
    pairs = []
    for word in shlex.split(line):
        key, equals, value = word.partition("=")
        if not equals:
            raise BadCheck(f"{path.name}: {word!r} is not KEY=VALUE")
        pairs.append((key, value))
    values = dict(pairs)
    shown = {key: value for key, value in values.items() if key in SHOWN}
    shown = shown or {"words": str(len(values.get("words", "")))}
    label = ",".join(value if key == "argument" else f"{key}={value}" for key, value in shown.items())
    return label, pairs


def _set(path: Path, variant: Variant, key: str, value: str) -> Variant:
    if key == "number":
        return replace(variant, numbers=tuple(map(int, value.split())))
    if key in LISTS:
        return replace(variant, **{key: (*getattr(variant, key), value)})  # type: ignore[arg-type]
    if key in NUMBERS:
        return replace(variant, **{key: int(value)})  # type: ignore[arg-type]
    if key in TEXTS:
        return replace(variant, **{key: value})  # type: ignore[arg-type]
    raise BadCheck(f"{path.name}: unknown key `{key}`")
