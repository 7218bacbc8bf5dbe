# SPDX-License-Identifier: BSD-3-Clause
"""What code outside of a platform takes from it: `exportsyms.uk`, beside which everything else becomes local.

Nobody keeps a list. A name that a header or source of the platform declares is the platform's own, and every other one
that it defines is declared by Unikraft, and so for Unikraft. Three things are for both: what stands in a header that
Unikraft's sources see, what flags put into those sources, and what the linker is told. Sources that the platform takes
from the core's `plat/common` become part of the same library; what they define their manifests say (`make.common`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, normpath

from ..plan.resolve import Plan
from . import externals
from .render import Tree

NAME = "exportsyms.uk"
SLOT = "make.common"
BUILD = ".uk"
SCRIPT = ".lds.S"


def exports(plan: Plan, tree: Tree) -> list[str]:
    """All names, sorted."""
    texts = {path: data.decode() for path, data in tree.items()}
    library = plan.spec.unikraft.library.upper()
    public = _public(texts, library)
    defined: set[str] = set()
    own: set[str] = set()
    for path, text in texts.items():
        if path.endswith((".c", ".h")) and path not in public:
            names = list(externals.of_c(text))
            own.update(name.name for name in names if not name.is_defined)
            defined.update(name.name for name in names if name.is_defined and path.endswith(".c"))
        elif path.endswith(".S") and not path.endswith(SCRIPT):
            defined.update(externals.of_assembly(text))
    return sorted((defined - own) | (defined & set(_told(texts))) | set(_of_the_core(plan)))


def _public(texts: dict[str, str], library: str) -> set[str]:
    """The headers that sources of Unikraft include."""
    base = rf"\$\({library}_BASE\)/(\S+)"
    build = "\n".join(text for path, text in texts.items() if path.endswith(BUILD))
    folders = re.findall(rf"^(?!{library}_)\w*INCLUDES\S*\s*\+?= -I{base}", build, re.MULTILINE)
    seen = set(re.findall(rf"-include {base}", build))
    seen.update(path for path in texts if path.startswith(tuple(f"{folder}/" for folder in folders)))
    waiting = list(seen & texts.keys())
    while waiting:
        path = waiting.pop()
        for name in re.findall(r'^\s*#\s*include\s+[<"]([^>"]+)', texts[path], re.MULTILINE):
            places = (normpath(f"{folder}/{name}") for folder in (dirname(path), *folders))
            new = {place for place in places if place in texts} - seen
            seen |= new
            waiting += new
    return seen


def _told(texts: dict[str, str]) -> Iterator[str]:
    """The names in flags of Unikraft's sources, in the linker's options and its script."""
    for path, text in texts.items():
        if path.endswith(BUILD):
            yield from re.findall(r"(?:-D\w+|--entry)=(\w+)", text)
        elif path.endswith(SCRIPT):
            yield from re.findall(r"\w+", re.sub(r"^\s*#.*|/\*.*?\*/", "", text, flags=re.MULTILINE))


def _of_the_core(plan: Plan) -> Iterable[str]:
    """What the core's own sources in the platform's library define."""
    items = (item for component in plan.components for item in component.slots.get(SLOT, ()))
    return [name for item in items if not isinstance(item, str) for name in item.get("exports", ())]
