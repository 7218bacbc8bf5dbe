# SPDX-License-Identifier: BSD-3-Clause
"""An image has what its configuration uses: a source that only optional sources call is optional itself.

Unikraft links every object of a platform unless OPTIMIZE_DEADELIM is on, so Kconfig alone keeps the rest out.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT
from tests.unit.test_graph import DEFINITIONS, NOISE, PLATFORMS, WORD

REGISTERS = re.compile(r"^[A-Z]\w*\(", re.M)  # a macro of Unikraft's at file scope
LEVELS = ("0.17", "0.18", "0.20", "0.21")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_only_optional_sources_use_is_optional(platform: str, level: str) -> None:
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    plan = pipeline.plan(spec, pipeline.levels().or_stop()[level]).or_stop()
    tree = pipeline.render(plan).or_stop()
    platform_alone = tree["Config.uk"].decode().partition("\thelp\n")[0]
    selected = set(re.findall(r"^\tselect (\w+)$", platform_alone, re.M))
    always, words, defines = set[str](), dict[str, set[str]](), dict[str, set[str]]()
    users = defaultdict[str, set[str]](set)
    for output in plan.files:
        name = output.path
        if not name.endswith((".c", ".S")):
            continue
        text = NOISE.sub(" ", tree[name].decode())
        words[name] = set(WORD.findall(text))
        patterns = DEFINITIONS[name[name.rindex(".") :]]
        defines[name] = {symbol for pattern in patterns for symbol in pattern.findall(text)}
        if output.file.kconfig in {"", *selected} or output.file.kconfig.startswith("!"):
            always.add(name)
        for word in words[name]:
            users[word].add(name)
    # Whoever registers himself, or defines what no other file names, is called by the core, the loader or the CPU
    headers = (tree[output.path].decode() for output in plan.files if output.path.startswith("include/plat/"))
    own = {word for text in headers for word in WORD.findall(NOISE.sub(" ", text))}
    found = {f for f in always if not defines[f] or any(users[symbol] <= {f} for symbol in defines[f] - own)}
    found |= {f for f in always if REGISTERS.search(tree[f].decode())}
    reached = set[str]()
    while found:
        user = found.pop()
        reached.add(user)
        found |= {f for f in always - reached if defines[f] & words[user]}
    assert sorted(always - reached) == []
