# SPDX-License-Identifier: BSD-3-Clause
"""What a template may use: the names of its context, and the filters (docs/writing-a-platform.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

from ..escape import KCONFIG, MAKE, Code, printed, text
from ..plan.resolve import Plan
from ..plan.slots import values


def hex_(value: int) -> str:
    """Filter `hex`: 4096 -> 0x1000."""
    return f"{value:#x}"


def kconfig(value: object) -> Code:
    """Filter `kconfig`: a value as Kconfig writes it: y, n, a number, or text in quotes."""
    if isinstance(value, bool):
        return Code("y" if value else "n")
    return Code(str(value) if isinstance(value, int) else f'"{text(value, KCONFIG)}"', KCONFIG.name)


def switch(symbol: str | None) -> Code:
    """Filter `switch`: `y` where this Kconfig symbol is set; `!X` where X is not, no symbol always. For make."""
    if not symbol:
        return Code("y", MAKE.name)
    name = printed(symbol.removeprefix("!"), MAKE)
    return Code(f"$(if $(CONFIG_{name}),,y)" if symbol.startswith("!") else f"$(CONFIG_{name})", MAKE.name)


def cident(value: str) -> str:
    """Filter `cident`: a name as a C identifier, virtio-mmio -> virtio_mmio."""
    return re.sub(r"[^A-Za-z0-9_]", "_", value)


def context_of(plan: Plan) -> dict[str, Any]:
    """The names a template may use."""
    from types import SimpleNamespace  # mappings would let `x.items` mean a method

    spec, chosen = plan.spec, plan.components
    facts = frozenset(spec.facts)

    def option(name: str) -> object:
        if name not in plan.options:
            unknown(f"no component of the plan declares option '{name}'")
        return plan.options[name]

    def served(key: str) -> tuple[SimpleNamespace, ...]:
        items = plan.machine.get(key, ())
        if not isinstance(items, tuple):
            unknown(f"machine.{key} is not a list")
        servers = (
            (item, c, c.serves[f"{key}.{item}"]) for item in items for c in chosen if f"{key}.{item}" in c.serves
        )
        return tuple(
            SimpleNamespace(name=item, fact=f"{key}.{item}", component=c.name, **attributes)
            for item, c, attributes in servers
        )

    def slot(name: str) -> tuple[SimpleNamespace, ...]:
        keys = next((c.takes[name] for c in chosen if name in c.takes), None)
        if keys is None:
            unknown(f"no component of the plan takes slot '{name}'")
        items = dict.fromkeys(values(item, keys) for c in chosen for item in c.slots.get(name, ()))
        return tuple(SimpleNamespace(**dict(zip(keys, item, strict=True))) for item in items)

    has: Callable[[str], bool] = facts.__contains__
    return {
        "spec": SimpleNamespace(  # data only: the document knows a path, and a path can write
            name=spec.name,
            summary=spec.summary,
            layers=spec.layers,
            unikraft=spec.unikraft,
            machine=spec.machine,
            options=spec.options,
            facts=spec.facts,
        ),
        "level": plan.level.name,
        "machine": plan.machine,
        "option": option,
        "has": has,
        "served": served,
        "slot": slot,
        "components": tuple(
            SimpleNamespace(name=c.name, layer=c.layer, summary=c.summary, files=tuple(f.to for f in c.files))
            for c in chosen
        ),
        "sources": tuple(
            SimpleNamespace(
                path=o.path, basename=o.path.rpartition("/")[2], isr=o.file.isr, kconfig=o.file.kconfig or None
            )
            for o in plan.files
            if o.file.is_compiled
        ),
    }


def unknown(message: str) -> NoReturn:
    """Raise Jinja's own error for a name that does not exist."""
    import jinja2

    raise jinja2.UndefinedError(message)


FILTERS: dict[str, Callable[..., str]] = {
    "makevar": str.upper,
    "hex": hex_,
    "kconfig": kconfig,
    "switch": switch,
    "cident": cident,
}
