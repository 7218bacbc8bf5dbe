# SPDX-License-Identifier: BSD-3-Clause
"""A document as far as it is right, so that one run finds the errors that do not follow from one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..diagnostics import Diagnostic
from .document import Document


class Readable:
    """The parts of a mapping that can be judged: what stands at the place of an error is left out."""

    def __init__(self, document: Document, errors: Iterable[Diagnostic]) -> None:
        """`errors` are those of the document's file."""
        self.document = document
        self._faulty = {error.location for error in errors}

    def is_right(self, *path: str | int) -> bool:
        """Whether there is no error at the value of `path`, nor at its key."""
        if not self._faulty:
            return True
        return self.document.at(*path) not in self._faulty and self.document.at_key(*path) not in self._faulty

    def items(self, key: str) -> Iterator[tuple[int, Any]]:
        """The items of the list `key` with their indexes; none where it is no list."""
        value = self.document.data.get(key)
        if isinstance(value, list):
            yield from ((i, item) for i, item in enumerate(value) if self.is_right(key, i))

    def pairs(self, *path: str) -> Iterator[tuple[str, Any]]:
        """The keys and values of the mapping at `path`; none where it is no mapping."""
        value = self.document.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, dict):
            yield from ((key, item) for key, item in value.items() if self.is_right(*path, key))
