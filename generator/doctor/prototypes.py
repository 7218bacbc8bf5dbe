# SPDX-License-Identifier: BSD-3-Clause
"""Whether the platform defines what the core takes as the core's headers declare it.

The compiler compares: it reads the source that defines a symbol once more, with the headers that name it put before.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from ..reading import read_any
from .build import Compiled, compile_


class Definition(NamedTuple):
    """A C source of ours, the folder it was compiled in, and the symbols that it defines for the core."""

    result: Compiled
    work: Path
    names: frozenset[str]


def differing(checkout: Path, definitions: Sequence[Definition]) -> list[str]:
    """A line for each symbol that its source defines otherwise than a header of the checkout declares it."""
    words = {word for definition in definitions for word in definition.result.source.command}
    folders = {Path(word[2:]) for word in words if word.startswith(f"-I{checkout}/")}
    headers = _declaring(folders, {name for definition in definitions for name in definition.names})

    def compare(definition: Definition) -> list[str]:
        wanted = [header for header, names in headers.items() if names & definition.names]
        if not wanted:
            return []
        probe = definition.result.output.with_suffix(".h")
        probe.write_text("".join(f'#include "{header}"\n' for header in wanted))
        # a header that cannot stand here fails as well, and in other words
        errors = compile_(definition.result.source, definition.work, "-fsyntax-only", "-include", str(probe)).errors
        errors = tuple(error for error in errors if re.search(r"conflicting type|redeclared", error))
        found = ((next((n for n in definition.names if re.search(rf"\b{n}\b", e)), None), e) for e in errors)
        return [f"{name}: {error}" for name, error in found if name]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [fault for faults in pool.map(compare, definitions) for fault in faults]


def _declaring(folders: Iterable[Path], names: Iterable[str]) -> dict[Path, frozenset[str]]:
    """The headers below these folders that declare any of the names, and which."""
    declaration = re.compile(rf"\b({'|'.join(sorted(names))})\s*[\[(;]")
    paths = sorted({path for folder in folders for path in folder.rglob("*.h")})
    found = ((path, frozenset(declaration.findall(read_any(path).decode(errors="replace")))) for path in paths)
    return {path: declared for path, declared in found if declared}
