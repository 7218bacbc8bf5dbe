# SPDX-License-Identifier: BSD-3-Clause
"""`requires` is true: a component uses what it requires, and requires what it uses.

Use is read from the generated text: headers included, symbols named that another component defines or declares.
So plat/core.h, which declares what each core defines, is enough for whoever requires core-contract. A component
may also use what plugs into it: its `sockets`, and in a template the symbols of facts (`serves`) and of its slots.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.load.components import Component
from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
NOISE = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", re.S)
INCLUDE = re.compile(r"^\s*#\s*include\s*<([\w/.-]+)>", re.M)
WORD = re.compile(r"\b(?!ukplat_)[A-Za-z_]\w+\b")  # what begins so is declared by the core's own headers
DEFINITIONS = {
    ".c": (
        re.compile(r"^(?!static|typedef|extern|#)[\w][\w \*]*[ \*](\w+)\([^;{}]*\)\n\{", re.M),
        re.compile(r"^(?!static|typedef|extern|return|#)[\w][\w \*]*[ \*](\w+)(?:\[[^\]]*\])*(?: *=|;)", re.M),
    ),
    ".S": (re.compile(r"^\s*\.globa?l\s+(\w+)", re.M),),
}


class Text(NamedTuple):
    """What one component's files say in one plan."""

    component: Component
    requires: frozenset[str]
    sockets: frozenset[str]
    headers: frozenset[str]
    includes: frozenset[str]
    words: frozenset[str]
    declares: frozenset[str]
    defines: frozenset[str]
    builds: bool
    """Whether the files are those that gather the other components' slots."""


@cache
def plans() -> dict[str, dict[str, Text]]:
    """For each platform and core level, the texts of its components by name."""
    pipeline = Pipeline(ROOT)
    found: dict[str, dict[str, Text]] = {}
    for spec in pipeline.specs(PLATFORMS).or_stop():
        for level in pipeline.levels().or_stop().values():
            plan = pipeline.plan(spec, level).or_stop()
            tree = pipeline.render(plan).or_stop()
            provider = {duty: c.name for c in plan.components for duty in c.provides}
            files = defaultdict[str, dict[str, str]](dict)
            for output in plan.files:
                files[output.component.name][output.path] = tree[output.path].decode()
            found[f"{spec.name} {level.name}"] = {c.name: text(c, files[c.name], provider) for c in plan.components}
    return found


def text(component: Component, files: dict[str, str], provider: dict[str, str]) -> Text:
    code = {path: NOISE.sub(" ", content) for path, content in files.items()}
    sources = {path: content for path, content in code.items() if path.endswith((".c", ".h", ".S"))}
    headers = {path.removeprefix("include/") for path in files if path.startswith("include/")}
    return Text(
        component=component,
        requires=frozenset(provider[duty] for duty in component.requires),
        sockets=frozenset(provider[duty] for duty in component.sockets if duty in provider),
        headers=frozenset(headers),
        includes=frozenset(h for content in sources.values() for h in INCLUDE.findall(content)) - headers,
        words=frozenset(w for content in sources.values() for w in WORD.findall(content)),
        declares=frozenset(w for path, content in code.items() if path.endswith(".h") for w in WORD.findall(content)),
        defines=frozenset(
            name
            for path, content in code.items()
            for pattern in DEFINITIONS.get(path[-2:], ())
            for name in pattern.findall(content)
        ),
        builds="Config.uk" in files or "Makefile" in files,
    )


def closure(name: str, texts: dict[str, Text]) -> set[str]:
    reached = {name}
    new = [name]
    while new:
        for other in texts[new.pop()].requires - reached:
            reached.add(other)
            new.append(other)
    return reached


def uses(user: Text, texts: dict[str, Text]) -> Iterator[tuple[str, set[str]]]:
    """What a component uses of the others, and which of them have it."""
    for header in user.includes:
        if owners := {name for name, t in texts.items() if header in t.headers}:
            yield f"<{header}>", owners
    facts = {a for t in texts.values() for attributes in t.component.serves.values() for a in attributes.values()}
    served = facts if user.sockets else set()
    given = (item for t in texts.values() for slot in user.component.takes for item in t.component.slots.get(slot, ()))
    served |= {str(item if isinstance(item, str) else item.get("symbol")) for item in given}
    for word in user.words - user.defines - served:
        if any(word in t.defines for t in texts.values()):
            yield word, {name for name, t in texts.items() if word in t.defines | t.declares}


def test_a_component_requires_what_it_uses() -> None:
    lacks = defaultdict[str, set[str]](set)
    for texts in plans().values():
        for name, user in texts.items():
            near = closure(name, texts) | user.sockets
            for what, owners in uses(user, texts):
                if not owners & near:
                    lacks[f"{name} uses {what} of {'/'.join(sorted(owners))}"].add(name)
    assert not lacks, "\n" + "\n".join(sorted(lacks))


def test_a_component_uses_what_it_requires() -> None:
    """In one plan at least; `brings` is for what the image needs and no text names."""
    idle: dict[tuple[str, str], bool] = {}
    for texts in plans().values():
        for name, user in texts.items():
            used = {owner for _, owners in uses(user, texts) for owner in owners}
            used |= {other for other, t in texts.items() if t.builds and user.component.slots}
            for other in user.requires:
                idle[name, other] = idle.get((name, other), True) and other not in used
    unused = [f"{name} requires {other}" for (name, other), is_idle in idle.items() if is_idle]
    assert not unused, "\n" + "\n".join(sorted(unused))


def test_a_source_declares_only_what_its_own_component_defines() -> None:
    """A header is what a component requires; a declaration in a source file would go past it."""
    found = []
    for path in sorted((ROOT / "templates").rglob("*.c")):
        own = "".join(other.read_text() for other in path.parent.glob("*.S"))
        for line in re.findall(r"^extern (.*);", path.read_text(), re.M):
            names = re.findall(r"(\w+)\[", line)
            if not names or not all(re.search(rf"\b{name}\b", own) for name in names):
                found.append(f"{path.relative_to(ROOT)}: {line}")
    assert not found, "\n" + "\n".join(found)


def test_a_component_lists_the_symbols_of_unikraft_that_its_kconfig_text_names() -> None:
    """And no other: the check of the generated Config.uk knows only what the components of a plan list."""
    components = {name: t.component for texts in plans().values() for name, t in texts.items()}.values()
    known = {name for component in components for name in component.kconfig_outside}
    wrong = []
    for component in components:
        slots = [items for slot, items in component.slots.items() if slot.startswith("kconfig.")]
        templates = [file.origin.read_text() for file in component.files if file.to == "Config.uk"]
        named = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", f"{slots}{templates}")) & known
        if named != set(component.kconfig_outside):
            wrong.append(f"{component.name}: {sorted(named ^ set(component.kconfig_outside))}")
    assert not wrong, "\n" + "\n".join(wrong)
