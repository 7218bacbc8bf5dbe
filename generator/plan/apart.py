# SPDX-License-Identifier: BSD-3-Clause
"""What a plan has only because its spec states facts that another spec does not."""

from __future__ import annotations

from collections.abc import Iterator

from ..load.components import Component
from ..load.spec import Spec
from .resolve import Plan


def alone(plan: Plan, other: Plan) -> tuple[Component, ...]:
    """The components that nothing brings in which both platforms have: a core level's duty, or a fact that both state.

    A component is on its own by its facts: it serves at least one, and none that the other spec states. What only such
    components require is on its own as well.
    """
    provider = {duty: component for component in plan.components for duty in component.provides}
    mine, theirs = set(list_facts(plan.spec)), set(other.spec.facts)
    wanted = [component for component in plan.components if theirs & mine & component.serves.keys()]
    wanted += [provider[duty] for duty in plan.level.requires if duty in provider]
    both: dict[str, Component] = {}
    while wanted:
        component = wanted.pop()
        served = mine & component.serves.keys()
        if component.name in both or (served and not served & theirs):
            continue
        both[component.name] = component
        wanted += [provider[duty] for duty in (*component.requires, *component.brings) if duty in provider]
    return tuple(component for component in plan.components if component.name not in both)


def list_facts(spec: Spec) -> Iterator[str]:
    """`KEY.ITEM` for each item of each list of the machine section."""
    return (fact for fact in spec.facts if "." in fact)
