# SPDX-License-Identifier: BSD-3-Clause
"""How the end of a guest looks from outside: as far as its spec's power facts can tell one end from another.

A component says with `tells` which ends a host tells apart when its fact is there: `poweroff`, `reboot`, `crash`.
Where no fact tells an end, the guest ends in one of the ways that are told, and text has to prove the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...load.components import Component
from ...load.spec import Spec
from .outcome import End, Outcome

TOLD: tuple[End, ...] = ("poweroff", "reboot", "crash")
LAST_RESORT: End = "triple-fault"
"""Where no power fact ends the guest at all."""
DEBUG_EXIT_CRASH = 42
"""What templates/common/pc/debug-exit writes."""


LAST_LINE = r"^bare: \d+ checks passed, 0 failed, \d+ skipped\n\Z"


@dataclass(frozen=True)
class Ends:
    """What one platform can tell."""

    told: frozenset[End] = frozenset(TOLD)
    tellers: tuple[tuple[End, str], ...] = ()
    """Each end with a fact that would tell it."""

    def within(self, told: frozenset[End]) -> Ends:
        """What a machine leaves of it that tells no more than these ends."""
        return Ends(self.told & told, self.tellers)

    def of(self, outcome: Outcome) -> End:
        """The end, with an exit status that means a crash taken for one."""
        return "crash" if outcome.end == "exit" and outcome.status == DEBUG_EXIT_CRASH else outcome.end

    def complaint(self, wanted: str, outcome: Outcome) -> str:
        """What is wrong with this end, or nothing."""
        end = self.of(outcome)
        right = {wanted} if wanted not in TOLD or wanted in self.told else self.told or {LAST_RESORT}
        if end in right:
            return ""
        return f"ended by {end} instead of {' or '.join(sorted(right))} ({outcome.detail or 'no detail'})"

    def untold(self, wanted: str) -> str:
        """Why nobody outside can see this end; nothing if somebody can."""
        if wanted not in TOLD or wanted in self.told:
            return ""
        facts = [fact for end, fact in self.tellers if end == wanted]
        return f"the spec has no fact that shows this end to the host ({' or '.join(facts) or 'none exists'})"


def ends_of(spec: Spec, components: Iterable[Component]) -> Ends:
    """What a spec can tell, by the manifests of its layers."""
    tellers = sorted(
        (end, fact)
        for component in components
        for fact, attributes in component.serves.items()
        for end in TOLD
        if end in str(attributes.get("tells", "")).split()
    )
    return Ends(frozenset(end for end, fact in tellers if fact in spec.facts), tuple(tellers))


def ended_well(outcome: Outcome, ends: Ends | None, *, is_bare: bool) -> bool:
    """A power off; where no power fact of the spec tells one, any end that it tells, behind a bare main()'s last line.

    Without `ends` nothing is known of the spec.
    """
    if outcome.end == "poweroff" or (outcome.end == "exit" and not outcome.status):
        return True
    if ends is None or not is_bare or not re.search(LAST_LINE, outcome.text, re.MULTILINE):
        return False
    return not ends.complaint("poweroff", outcome)
