# SPDX-License-Identifier: BSD-3-Clause
"""Libraries, imported without the work of compiling patterns that a run never uses.

The patterns of PyYAML's Python parser, which stands by where libyaml is missing, take as long to compile as all the
rest of it takes to import: a thirteenth of a whole `gen`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

__all__ = ["late_patterns", "yaml"]

_compile: Callable[..., Any] = re.compile


class _LatePattern:
    """A pattern that is compiled when it is first asked to do something."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._make: Callable[[], Any] = partial(_compile, *arguments, **named)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._make(), name)
        setattr(self, name, found)
        return found


@contextmanager
def late_patterns(library: str) -> Iterator[None]:
    """In here `re.compile`, called by this library's own modules, only notes what to compile."""

    def compile_or_note(*arguments: Any, **named: Any) -> Any:
        caller = f"{sys._getframe(1).f_globals.get('__name__')}."
        return (_LatePattern if caller.startswith(f"{library}.") else _compile)(*arguments, **named)

    re.compile = compile_or_note
    try:
        yield
    finally:
        re.compile = _compile


with late_patterns("yaml"):
    import yaml
