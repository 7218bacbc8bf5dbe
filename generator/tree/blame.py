# SPDX-License-Identifier: BSD-3-Clause
"""Whose line a text is from: the spec or manifest that gave it, where it came out wrong."""

from __future__ import annotations

from functools import cached_property

from ..diagnostics import Location
from ..plan.resolve import Plan

SHORTEST = 2
"""A text of one letter says nothing about where it is from."""


class Givers:
    """All texts that the spec and the manifests of a plan give, with their places."""

    def __init__(self, plan: Plan) -> None:
        """Look at nothing yet: only errors ask."""
        self._plan = plan

    @cached_property
    def _texts(self) -> list[tuple[str, Location]]:
        documents = (self._plan.spec.document, *(c.document for c in self._plan.components))
        return [pair for document in documents for pair in document.texts()]

    def of(self, text: str, part: str = "") -> Location | None:
        """The place of `text`, or of the longest given text within it, or of the shortest around it.

        What is found holds `part`. The spec comes first.
        """
        fit = [(given, at) for given, at in self._texts if part in given]
        exact = [at for given, at in fit if given == text]
        if exact:
            return exact[0]
        within = [(len(given), at) for given, at in fit if len(given) >= SHORTEST and given in text]
        if within:
            return max(within, key=lambda pair: pair[0])[1]
        around = [(len(given), at) for given, at in fit if len(text) >= SHORTEST and text in given]
        return min(around, key=lambda pair: pair[0])[1] if around else None
