# SPDX-License-Identifier: BSD-3-Clause
"""`new`: a spec, a component, a layer. Exit 0: written; 1: something of that name is there, nothing written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..color import complain
from ..diagnostics import Location, fail, shown_path
from ..load.components import COMMON
from ..load.folders import NAME
from ..pipeline import Pipeline
from ..places import HINT
from . import component, spec
from .put import obstacles, put

NAME_RULE = "small letters, digits, dashes; a letter first"


class Request(NamedTuple):
    """What `new` is asked for: the name of a spec, or else a component or a layer."""

    name: str | None
    component: str | None = None
    layer: str | None = None
    serves: str | None = None
    base: str | None = None
    hypervisor: Sequence[str] = ()
    boot: Sequence[str] = ()
    machine: Sequence[str] = ()
    output: Path | None = None


def new(pipeline: Pipeline, request: Request) -> int:
    """Write what is asked for, and say what comes next."""
    if sum(word is not None for word in (request.name, request.component, request.layer)) != 1:
        fail("bad-request", None, "new makes one thing: NAME, or --component LAYER/NAME, or --layer NAME")
    if request.name is not None:
        return _spec(pipeline, request, request.name)
    alone: dict[str, object] = {"--from": request.base, "--hypervisor": request.hypervisor, "--boot": request.boot}
    alone |= {"--machine": request.machine, "-o": request.output}
    if wrong := [word for word, value in alone.items() if value]:
        fail("bad-request", None, f"{', '.join(wrong)} goes with the name of a spec")
    places = pipeline.places
    if places.is_installed and not places.added:
        message = "a component goes into a checkout, and this is the data of an installed platgen"
        fail("no-project", Location(places.root), message, f"{HINT}, or a folder with --templates")
    templates = [places.templates, *places.added][-1]
    if request.layer is not None:
        name = checked(request.layer)
        made = component.layer(templates, name)
        taken = [templates / name] if name in (COMMON, *pipeline.layer_names) else []
        return write(made, taken, f"a spec for it: platgen new NAME --hypervisor {name}")
    parts = [checked(part) for part in (request.component or "").split("/")]
    if len(parts) not in (2, 3):
        fail("bad-request", None, "a component is LAYER/NAME, or LAYER/GROUP/NAME")
    layers = {COMMON, *pipeline.layer_names}
    if parts[0] not in layers:
        hint = f"known: {', '.join(sorted(layers))}; platgen new --layer {parts[0]} makes it"
        fail("unknown-layer", None, f"there is no layer '{parts[0]}' under templates/", hint)
    known = pipeline.all_components().or_stop()
    made = component.component(templates, parts, request.serves, known)
    taken = [c.document.path.parent for c in known if (c.layer, c.name) == (parts[0], parts[-1])]
    user = f"a spec that has the fact {request.serves}" if request.serves else f"`requires: [{parts[-1]}]` of another"
    return write(made, taken, f"what brings it into a tree: {user}")


def _spec(pipeline: Pipeline, request: Request, name: str) -> int:
    if request.serves:
        fail("bad-request", None, "--serves goes with --component")
    path = _place(pipeline, request.output, checked(name))
    choice = spec.Choice(request.base, tuple(request.hypervisor), tuple(request.boot), tuple(request.machine))
    at_home = path.parent == pipeline.places.platforms
    text = spec.text(pipeline, name, choice, is_elsewhere=not at_home)
    return write({path: text}, [], f"the tree: platgen gen {name if at_home else shown_path(path)}")


def _place(pipeline: Pipeline, output: Path | None, name: str) -> Path:
    """Where the spec goes: where -o says, else among those of the checkout that one is in, else here."""
    places = pipeline.places
    if output is not None:
        if output.suffix == ".yaml" and not output.is_dir():
            if output.stem != name:
                fail("name-differs", Location(output), f"the file of the spec '{name}' is called {name}.yaml")
            return output.absolute()
        return output.absolute() / f"{name}.yaml"
    is_here = not places.is_installed and Path.cwd().is_relative_to(places.root)
    return (places.platforms if is_here else Path.cwd()) / f"{name}.yaml"


def checked(name: str) -> str:
    """A name as specs, components and layers have it, which is stopped at otherwise."""
    if not re.fullmatch(NAME, name):
        fail("bad-name", None, f"'{name}' is not a name ({NAME_RULE})")
    return name


def write(made: dict[Path, str], taken: list[Path], following: str) -> int:
    """Write files and name them, or say what is there already; gives the exit code."""
    if there := obstacles([*taken, *made]):
        complain(there)
        return 1
    put(made)
    for path in made:
        print(f"create    {shown_path(path)}")
    print(following)
    return 0
