# SPDX-License-Identifier: BSD-3-Clause
"""Odd start_info blocks: what a loader might hand over, and what the guest must make of it.

Each case boots with exactly the regions that a plain model of the rules gives, or ends with a line
that says what is wrong and the hypervisor's crash state.  A silent hang is never right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..testbed import Outcome
from ..testbed.ends import Ends
from ..testbed.forge import (
    ACPI,
    DISABLED,
    MAGIC,
    NVS,
    PMEM,
    RAM,
    RESERVED,
    UNUSABLE,
    Module,
    Range,
    StartInfo,
    forge,
    image_end,
)
from .judges import fnv

PAGE = 0x1000
IMAGE_START = 0x100000
TOP = (1 << 64) - PAGE
OWN = 0xC000  # a stack of 32 KiB with its guard page, three page tables
END = 0x4000000  # of the 64 MiB that the machine has
# True as dom0, too: there the page below 0xA0000 is not RAM.
WHOLE = (Range(0, 0x9F000), Range(IMAGE_START, END - IMAGE_START))
NAMES = ("none", "RAM", "reserved", "tables", "device", "module", "image")
KINDS = {0: 0, RAM: 1, RESERVED: 2, ACPI: 3, NVS: 3, UNUSABLE: 2, DISABLED: 2, PMEM: 2}


@dataclass(frozen=True)
class Odd:
    """A start_info, the blobs that go with it, and what has to be seen."""

    name: str
    start_info: StartInfo
    says: str = ""
    """The line that must come with a crash; without it the guest has to boot."""
    notes: str = ""
    """A line that must come, once, while the guest boots."""
    blobs: Mapping[int, bytes] = field(default_factory=dict)
    at: int | None = None
    modules: int | None = None
    """How many of the modules are taken; all by default."""

    number = 2
    memory = 64
    because = "forged start_info blocks run on qemu-microvm, and some of them on Xen"

    @property
    def title(self) -> str:
        """The name, apart from those of guest checks."""
        return f"start_info:{self.name}"

    @property
    def what(self) -> str:
        """What holds if the case passes."""
        return "stops with a line that says what is wrong" if self.says else "boots with the loader's regions"

    def runs_on(self, machine: str) -> bool:
        """Whether the testbed feeds the block there."""
        return machine == "qemu-microvm" or (machine == "xen-dom0" and self.name in ON_XEN)

    def image(self, plain: bytes) -> bytes:
        """The image `plain` with this block in the place of the loader's."""
        return forge(plain, self.start_info, self.blobs, self.at)

    def complaint(self, plain: bytes, outcome: Outcome, ends: Ends) -> str:
        """What is wrong with the outcome, or nothing."""
        if wrong := ends.complaint("crash" if self.says else "poweroff", outcome):
            return wrong
        if self.says:
            return "" if re.search(self.says, outcome.text) else f"the console does not show {self.says!r}"
        found = re.findall(r"^memory: (\w+)-(\w+) (\w+)$", outcome.text, re.M)
        regions = [(int(start, 16), int(end, 16), kind) for start, end, kind in found]
        want = self.regions(image_end(plain))
        shown, taken = _given_back(regions)
        if not 0 < taken <= _directories(want) + OWN:
            return f"the platform keeps {taken} bytes of RAM for itself"
        if shown != want:
            return f"regions {_text(set(shown) - set(want))} instead of {_text(set(want) - set(shown))}"
        if self.notes and len(re.findall(self.notes, outcome.text)) != 1:
            return f"the console does not show {self.notes!r} once"
        return self._words(outcome) or self._contents(outcome)

    def _words(self, outcome: Outcome) -> str:
        length = re.search(r"^cmdline: (\d+) bytes", outcome.text, re.M)
        want = len(self.start_info.cmdline or b"")
        return "" if length and int(length[1]) == want else f"the command line should have {want} bytes"

    def _contents(self, outcome: Outcome) -> str:
        taken = list(self.start_info.modules or ())[: self.modules]
        want = [f"module: {m.size} bytes, hash {fnv(self.blobs[m.address][: m.size]):016x}" for m in taken if m.size]
        found = re.findall(r"^module: .*$", outcome.text, re.M)
        return "" if found == want else f"modules {found} instead of {want}"

    def regions(self, end_of_image: int) -> list[tuple[int, int, str]]:
        """The map by the rules: between two edges, the highest kind of all that cover the place."""
        spans = [(IMAGE_START, end_of_image, 6), (0, PAGE, 2), (0xA0000, 0x100000, 2), (0xFEE00000, 0xFEE01000, 4)]
        spans += [_paged(m.address, m.size, 5) for m in list(self.start_info.modules or ())[: self.modules]]
        spans += [_paged(r.address, r.size, KINDS.get(r.type, 2)) for r in self.start_info.memmap or ()]
        spans = [span for span in spans if span[0] < span[1] and span[2]]
        edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
        found: list[tuple[int, int, str]] = []
        for start, end in pairwise(edges):
            kind = max((kind for low, high, kind in spans if low <= start < high), default=0)
            if kind and found and found[-1][1:] == (start, NAMES[kind]):
                found[-1] = (found[-1][0], end, NAMES[kind])
            elif kind:
                found.append((start, end, NAMES[kind]))
        return found


def _given_back(regions: list[tuple[int, int, str]]) -> tuple[list[tuple[int, int, str]], int]:
    """The map as if the platform had taken nothing for itself, and how many bytes that was."""
    found: list[tuple[int, int, str]] = []
    for start, end, name in regions:
        kind = "RAM" if name == "taken" else name
        if found and found[-1][1:] == (start, kind):
            start = found.pop()[0]
        found.append((start, end, kind))
    return found, sum(end - start for start, end, name in regions if name == "taken")


def _directories(regions: list[tuple[int, int, str]]) -> int:
    """RAM above 4 GiB costs a page directory for each GiB on a CPU without 1 GiB pages, up to 512 GiB."""
    top = min(max((end for _, end, kind in regions if kind == NAMES[1]), default=0), 512 << 30)
    return max(0, -(-top // (1 << 30)) - 4) * PAGE


def _paged(start: int, size: int, kind: int) -> tuple[int, int, int]:
    """Whole pages: RAM shrinks to them, all else grows."""
    if not size:
        return 0, 0, kind
    end = min(start + size, TOP)
    if kind == 1:
        return -(-start // PAGE) * PAGE, end // PAGE * PAGE, kind
    return start // PAGE * PAGE, min(-(-end // PAGE) * PAGE, TOP), kind


def _text(regions: set[tuple[int, int, str]]) -> str:
    return ", ".join(f"{start:x}-{end:x} {kind}" for start, end, kind in sorted(regions)) or "none"


def _pages(count: int) -> tuple[Range, ...]:
    """`count` entries that cannot be joined: page by page RAM, then reserved."""
    low = 0x1000000
    return (Range(0, 0xA0000), *(Range(low + i * PAGE, PAGE, 1 + i % 2) for i in range(count - 1)))


def _shuffled() -> tuple[Range, ...]:
    parts = [Range(IMAGE_START + i * 0x100000, 0x100000) for i in range(63)]
    random.Random(4).shuffle(parts)
    return (*parts, Range(0, 0xA0000))


OVERLAPPING = (
    Range(0, END),
    Range(0x800000, 0x400000, RESERVED),
    Range(0xA00000, 0x400000, ACPI),
    Range(0x900000, 0x80000),
    Range(0x2000000, 0x1000000, UNUSABLE),
    Range(0x2800000, 0x2000000, 12345),
    Range(0, END),
)
ODD_SIZES = (Range(0, 0xA0000), Range(0x100001, 0x1FFFFFE), Range(0x3000FFF, 0x2, RESERVED), Range(0x3100FFF, 1))
EMPTY = (
    Range(0, 0xA0000),
    Range(0x5000000, 0),
    Range(IMAGE_START, END - IMAGE_START),
    Range(0x6000000, PAGE, 0),
    Range(0, 0, 0),
    Range(0, 0),
)
LAST = END - PAGE
BLOB = bytes(range(256)) * 15 + b"odd"


def info(**values: object) -> StartInfo:
    """A start_info with the whole memory map, and these values in it."""
    return StartInfo(**{"memmap": WHOLE, **values})  # type: ignore[arg-type]


def _modules(*spans: tuple[int, int]) -> Sequence[Module]:
    return [Module(address, size) for address, size in spans]


REACH = r"platform: PVH: %s at 0x[0-9a-f]+ is out of reach"
CASES = (
    Odd("plain", info()),
    Odd("version-0", info(version=0, memmap=None), r"start_info version 0 has no memory map and the hypervisor"),
    Odd("version-2", info(version=2)),
    Odd("bad-magic", info(magic=MAGIC ^ 1), r"PVH: no start_info at 0x\w+: magic is 0x336ec579, not 0x336ec578"),
    Odd("no-cmdline", info(cmdline=None)),
    Odd("empty-cmdline", info(cmdline=b"")),
    Odd("cmdline-4k", info(cmdline=b"x" * 4096)),
    Odd("cmdline-8191", info(cmdline=b"word " * 1638 + b"y")),
    Odd("cmdline-9k", info(cmdline=b"x" * 9216), r"PVH: command line is longer than 8191 bytes"),
    Odd("cmdline-out-of-reach", info(lies={"cmdline": 1 << 40}), REACH % "command line"),
    Odd("cmdline-at-4g", info(lies={"cmdline": (1 << 32) - 16}), REACH % "command line"),
    Odd("zero-modules", info(modules=[])),
    Odd("zero-modules-with-list", info(lies={"modlist": 0xFFFFFFFFFFFF0000})),
    Odd("modules-without-list", info(lies={"nr_modules": 3})),
    Odd("module-list-out-of-reach", info(lies={"nr_modules": 1, "modlist": 1 << 32}), REACH % "module list"),
    Odd("four-billion-modules", info(modules=[], lies={"nr_modules": 0xFFFFFFFF}), REACH % "module list"),
    Odd("module", info(modules=_modules((0x2000000, len(BLOB)))), blobs={0x2000000: BLOB}),
    Odd("module-unaligned", info(modules=_modules((0x2000123, 1001))), blobs={0x2000123: BLOB}),
    Odd("module-empty", info(modules=_modules((0x2000000, 0)))),
    Odd("module-in-last-page", info(modules=_modules((LAST, PAGE))), blobs={LAST: (BLOB * 2)[:PAGE]}),
    Odd("module-in-low-memory", info(modules=_modules((0x8000, 77))), blobs={0x8000: BLOB}),
    Odd("module-wraps", info(modules=_modules((0x2000000, (1 << 64) - 1))), r"PVH: module of .* is out of reach"),
    Odd("module-above-4g", info(modules=_modules((1 << 33, 10))), r"PVH: module of .* is out of reach"),
    Odd("module-on-image", info(modules=_modules((0x101000, 10))), r"PVH: module at 0x101000 lies on top of the image"),
    Odd(
        "modules-share-a-page",
        info(modules=_modules((0x2000000, 100), (0x2000800, 100))),
        r"PVH: modules at 0x2000000 and 0x2000800 share a page",
        blobs={0x2000000: BLOB},
    ),
    Odd(
        "modules-16",
        info(modules=_modules(*((0x2000000 + i * 0x2000, 9 + i) for i in range(16)))),
        blobs={0x2000000 + i * 0x2000: BLOB[i:] for i in range(16)},
    ),
    Odd(
        "modules-17",
        info(modules=_modules(*((0x2000000 + i * 0x2000, 9 + i) for i in range(17)))),
        blobs={0x2000000 + i * 0x2000: BLOB[i:] for i in range(17)},
        modules=16,
    ),
    Odd("memmap-pointer-0", info(lies={"memmap": 0}), r"start_info version 1 has no memory map"),
    Odd("memmap-no-entries", info(memmap=[]), r"start_info version 1 has no memory map"),
    Odd("memmap-out-of-reach", info(lies={"memmap": 1 << 32}), REACH % "memory map"),
    Odd("memmap-four-billion", info(lies={"memmap_entries": 0xFFFFFFFF}), REACH % "memory map"),
    Odd(
        "memmap-of-millions",
        info(lies={"memmap": 0x200000, "memmap_entries": 100_000_000}),
        r"PVH: memory map of 2400000000 bytes is too long",
    ),
    Odd("memmap-empty-entries", info(memmap=EMPTY)),
    Odd("memmap-unsorted", info(memmap=_shuffled())),
    Odd("memmap-overlapping", info(memmap=OVERLAPPING)),
    Odd("memmap-odd-sizes", info(memmap=ODD_SIZES)),
    Odd("memmap-128", info(memmap=_pages(128))),
    Odd("memmap-300", info(memmap=_pages(300))),
    Odd("memmap-600", info(memmap=_pages(600)), r"PVH: memory map has more than 512 ranges"),
    Odd(
        "memmap-wraps",
        info(memmap=[Range(0, 0xA0000), Range(IMAGE_START, (1 << 64) - 1)]),
        notes=rf"PVH: {((1 << 64) - (512 << 30) - PAGE) >> 20} MiB of RAM from 0x8000000000 on cannot be used",
    ),
    Odd("memmap-at-the-very-end", info(memmap=[*WHOLE, Range((1 << 64) - 10, 10, RESERVED)])),
    Odd("memmap-no-ram", info(memmap=[Range(0, END, RESERVED)]), r"PVH: memory map has no RAM"),
    Odd("memmap-ram-under-a-page", info(memmap=[Range(0x200001, 0x1FFE)]), r"PVH: memory map has no RAM"),
    Odd("start-info-in-low-memory", info(), at=0x6000),
    Odd("start-info-unaligned", info(cmdline=b"check=none"), at=0x2000005),
    Odd("rsdp-out-of-reach", info(rsdp=1 << 40)),
    Odd("rsdp-is-none", info(rsdp=0x3000000)),
)
ON_XEN = ("no-cmdline", "cmdline-4k", "cmdline-9k", "bad-magic", "zero-modules", "module-on-image", "version-2")
"""The same code decides there: a few are enough, besides version 0, which Xen itself uses."""
