# SPDX-License-Identifier: BSD-3-Clause
"""Symbols on the border: what Unikraft takes from the platform, and what the platform takes from Unikraft.

Nobody keeps a list of them. `nm` reads all objects of a configuration: what one side leaves undefined, the other side
or a linker script has to define. `prototypes` compares the types.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from ..reading import read_any
from .build import Build, Compiled
from .checkout import Checkout
from .prototypes import Definition, differing
from .report import Check, counted, several

MAX_SCRIPT = 64 << 20
OF_THE_LINKER = re.compile(r"_GLOBAL_OFFSET_TABLE_|__(start|stop)_\w+")
ASSIGNED = re.compile(r"\b([A-Za-z_]\w*)\s*=[^=]")  # in a linker script
RENAMED = re.compile(r"-D(\w+)=(\w+)")


class Link:
    """The symbols of one configuration as a linker sees them: by object what it takes and what it defines."""

    def __init__(self, nm: str, build: Build) -> None:
        """Read all objects and linker scripts."""
        self.build = build
        self.whole = {result.output: result for result in build.results if not result.errors}
        self.taken: dict[Path, set[str]] = {path: set() for path in self.whole}
        self.defined: dict[Path, set[str]] = {path: set() for path in self.whole}
        for line in _nm(nm, (path for path, result in self.whole.items() if result.source.kind != "lds")):
            place, name, kind = line.replace(": ", " ", 1).split(" ")[:3]
            if kind not in "wv":  # those may stay undefined
                (self.taken if kind == "U" else self.defined)[Path(place)].add(name)
        for path, result in self.whole.items():
            if result.source.kind == "lds":
                self.defined[path] = set(ASSIGNED.findall(_text(path)))
        whose = [(result.source.is_ours, self.defined[path]) for path, result in self.whole.items()]
        self.ours = frozenset(name for is_ours, names in whose for name in names if is_ours)
        self.theirs = frozenset(name for is_ours, names in whose for name in names if not is_ours)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Words of the sources that do not compile: what those define is not known."""
        texts = (_text(result.source.path) for result in self.build.failed if result.source.path.is_file())
        return frozenset(word for text in texts for word in re.findall(r"\w+", text))

    def across(self, *, ours: bool) -> dict[str, Compiled]:
        """What one side (ours, the checkout's) takes from the other, each with a source that takes it."""
        own = self.ours if ours else self.theirs
        return {
            name: result
            for path, result in self.whole.items()
            if result.source.is_ours == ours
            for name in sorted(self.taken[path] - own)
            if not OF_THE_LINKER.fullmatch(name)
        }


def examine(checkout: Checkout, builds: Sequence[Build]) -> Iterator[Check]:
    """The checks of both directions, over all configurations."""
    nm = shutil.which("nm")
    absent = [name for build in builds for name in build.config.absent]
    if not nm or absent:
        text = f"the configuration has libraries that are not here: {several(absent)}"
        text = text if nm else "nm is not installed (package binutils)"
        yield from (Check(name, "skipped", text) for name in ("provides", "needs"))
        return
    links = [Link(nm, build) for build in builds]
    given = {name for link in links for name in link.across(ours=False).keys() & link.ours}
    wrong = (*_missing(links, ours=False), *differing(checkout.path, list(_definitions(links, given))))
    yield _check("provides", given, "Unikraft takes from the platform", wrong, links)
    used = {name for link in links for name in link.across(ours=True).keys() & link.theirs}
    unmet = (*_missing(links, ours=True), *_idle(links), *_lacking(builds))
    yield _check("needs", used, "the platform takes from Unikraft", unmet, links)


def _check(name: str, symbols: set[str], text: str, faults: Sequence[str], links: Sequence[Link]) -> Check:
    all_of_them = f"{counted(len(symbols), 'symbol')} that {text}"
    failed = max(len(link.build.failed) for link in links)
    if faults:
        return Check(name, "problem", f"{counted(len(faults), 'error')} besides the {all_of_them}", tuple(faults))
    if failed:
        not_compiled = f"{counted(failed, 'file')} that {'does' if failed == 1 else 'do'} not compile"
        return Check(name, "skipped", f"{not_compiled} may take or define symbols")
    return Check(name, "ok", f"all {all_of_them} exist, as declared")


def _missing(links: Sequence[Link], *, ours: bool) -> Iterator[str]:
    """What one side takes and nothing defines, each symbol once."""
    seen: set[str] = set()
    for link in links:
        known = link.ours | link.theirs | link.unread | seen
        for name, taker in link.across(ours=ours).items():
            if name not in known:
                seen.add(name)
                place = taker.source.path.name if ours else f"{taker.source.library}'s {taker.source.path.name}"
                yield f"{name}: {place} takes it, but nothing that is built with {link.build.config.origin} defines it"


def _definitions(links: Sequence[Link], given: set[str]) -> Iterator[Definition]:
    """Our C sources that define any of these symbols, each once."""
    seen: set[Path] = set()
    for link in links:
        for path, result in link.whole.items():
            names = frozenset(link.defined[path] & given)
            if names and result.source.is_ours and result.source.kind == "c" and result.source.path not in seen:
                seen.add(result.source.path)
                yield Definition(result, link.build.config.folder, names)


def _idle(links: Sequence[Link]) -> Iterator[str]:
    """Functions of ours that a flag puts in the place of Unikraft's, in a source that no longer calls those."""
    found: dict[str, None] = {}
    for link in links:
        for path, result in link.whole.items():
            for word in result.source.command if not result.source.is_ours else ():
                renamed = RENAMED.fullmatch(word)
                if renamed and renamed[2] in link.ours - link.taken[path]:
                    who = f"{renamed[1]}: {result.source.path.name}"
                    found[f"{who} no longer calls it, but is built with {word}"] = None
    yield from found


def _lacking(builds: Sequence[Build]) -> Iterator[str]:
    """Functions that the platform's make files call in vain, whatever the configuration."""
    for name in sorted(set(builds[0].lacks).intersection(*(build.lacks for build in builds))):
        yield f"{name}: the platform's make files call it, but the checkout defines no such function"


def _nm(nm: str, objects: Iterable[Path]) -> Iterator[str]:
    """`OBJECT: NAME KIND ...` for each symbol that other objects see."""
    done = subprocess.run(  # noqa: S603 - objects that the compiler has just made
        [nm, "-A", "-P", "-g", *map(str, objects)], capture_output=True, text=True, check=False
    )
    yield from done.stdout.splitlines()


def _text(path: Path) -> str:
    return read_any(path, MAX_SCRIPT).decode(errors="replace")
