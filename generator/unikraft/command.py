# SPDX-License-Identifier: BSD-3-Clause
"""`platgen build`: an application's image by an unpatched Unikraft. Nothing is written outside of the build folder.

The folder holds `platform/` (the tree), `out/` (Unikraft's own build), `config` and a log of each step. A second run
builds only what has changed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .. import commands
from ..color import complain
from ..diagnostics import Diagnostic, fail, shown_path, stop, stop_if_any
from ..doctor import kconfig
from ..doctor.release import fit
from ..doctor.report import Check, several
from ..formats.document import begin, show
from ..formats.images import built
from ..load.levels import Level
from ..load.spec import Spec
from ..pipeline import Pipeline
from ..progress import Phase, hide, is_watched
from ..reading import read_any
from . import config
from .faults import CODE, faults
from .inputs import Inputs, Request, read
from .make import Heard, Order, call

COMPILED = re.compile(r"  (?:CC|CXX|AS) ")


class Image(NamedTuple):
    """What was built, and of which spec; what it was made of and how is `told` to programs."""

    spec: Spec
    path: Path
    told: Mapping[str, object] = {}


class Changes(NamedTuple):
    """What differs from the application's own configuration."""

    made: tuple[str, ...]
    """In words, for the platform."""
    absent: tuple[str, ...]
    """Options that nothing of the build has."""
    other: tuple[str, ...]
    """Options that Kconfig gave another value."""

    @property
    def shown(self) -> str:
        """For a person: the first of many."""
        absent = [f"without {several(self.absent)}, which nothing of this build has"] if self.absent else []
        other = [f"with another value of {several(self.other)}"] if self.other else []
        words = ", ".join((*self.made, *absent, *other))
        return f" with {words}" if self.made else f" {words}" if words else ""

    @property
    def told(self) -> list[str]:
        """For a program: all of them."""
        absent = (f"{name} absent" for name in self.absent)
        return [*self.made, *absent, *(f"{name} otherwise" for name in self.other)]


def build(pipeline: Pipeline, request: Request) -> int:
    """Build, and name the image; raises BadInput where there is none."""
    hide(hidden=not request.is_text)
    if not request.is_text:
        begin()
    image = make_image(pipeline, request)
    return 0 if request.is_text else show(request.format, "build", 0, image.told)


def make_image(pipeline: Pipeline, request: Request) -> Image:
    """The image; raises BadInput where there is none."""
    say = complain if request.is_text else _unheard
    inputs = read(pipeline, request)
    level = _level(pipeline, inputs, request.level, say)
    place = shown_path(inputs.folder)
    say(f"{inputs.checkout.title} in {shown_path(inputs.checkout.path)}, core level {level.name}")
    tree = inputs.folder / "platform"
    commands.write_tree(pipeline, request.platform, level.name, tree)
    order = Order(
        inputs.checkout.path, inputs.app, tree, inputs.folder / "out", inputs.folder / "config", inputs.libraries
    )
    order.out.mkdir(exist_ok=True)
    changes = _configure(order, inputs, level)
    say(f"configured {place}/config: {_named(inputs.configs)}{changes.shown}")
    seconds = _compile(order, inputs, request.jobs or os.cpu_count() or 1)
    path = order.out / f"{_name(order)}_{inputs.spec.unikraft.platform}-x86_64"
    if not path.is_file():
        fail(CODE, None, f"the build made no {path.name}", f"whole log: {shown_path(inputs.folder / 'build.log')}")
    say(f"built      {shown_path(path)} in {seconds:.0f} s")
    told: dict[str, object] = {
        **built(inputs.spec.name, level.name, tree, path, inputs.folder / "build.log", seconds),
        "unikraft": inputs.checkout.title,
        "app": shown_path(inputs.app),
        "configuration": {
            "path": shown_path(order.config),
            "from": [shown_path(file) for file in inputs.configs],
            "changes": changes.told,
        },
    }
    return Image(inputs.spec, path, told)


def _unheard(_text: str) -> None:
    """Programs read the document."""


def _level(pipeline: Pipeline, inputs: Inputs, asked: str | None, say: Callable[[str], None]) -> Level:
    """The core level that fits the checkout; one that is asked for is taken in any case."""
    levels = pipeline.levels().or_stop()
    if not any(level.releases for level in levels.values()):
        fail("no-release", None, "no core level serves a release of Unikraft")
    level, check = fit(inputs.checkout, levels, asked)
    if check.verdict == "problem":
        if asked is None:
            stop([_misfit(check._replace(hint=f"--core {level.name} builds it all the same"))])
        say(f"note: {check.text}")
    return level


def _misfit(check: Check) -> Diagnostic:
    return Diagnostic(f"doctor-{check.name}", None, check.text, check.hint, detail="; ".join(check.details))


def _configure(order: Order, inputs: Inputs, level: Level) -> Changes:
    """Write the configuration; what differs from the application's own. Raises BadInput."""
    ours = inputs.spec.unikraft
    needs = config.needed(order.checkout, ours, order.tree)
    wanted = config.asked(inputs.text, needs)
    order.config.write_text(wanted.text)
    log = inputs.folder / "configure.log"
    with Phase("checking what fits"), TemporaryDirectory(prefix=".doctor-", dir=inputs.folder) as work:
        made, checks = kconfig.examine(inputs.checkout, level, order.tree, ours, order.config, Path(work))
    stop_if_any(_misfit(check) for check in checks if check.verdict == "problem")
    absent = [name for given in made or () for name in given.absent]
    if lacking := config.missing_libraries(absent, (*inputs.libraries, inputs.app)):
        message = f"{_named(inputs.configs)} has libraries that are not here: {several(lacking)}"
        fail(config.NO_LIBRARY, None, message, "name the folder of each with --lib")
    with Phase("configuring"):
        if not call((*order.command, "olddefconfig"), log):
            _fail(log, order)
    got = config.values(read_any(order.config).decode(errors="replace"))
    if refused := config.refused(needs, got):
        lines = ", ".join(config.line_of((name, needs[name])).strip() for name in refused)
        fail(CODE, None, f"Unikraft's configuration refuses {lines}", f"whole log: {shown_path(log)}")
    return _differing(wanted.changes, config.values(inputs.text), needs, got)


def _named(configs: Iterable[Path]) -> str:
    """What the configuration was made of."""
    return " and ".join(map(shown_path, configs)) or "Unikraft's defaults"


def _differing(
    made: tuple[str, ...], had: Mapping[str, str], needs: Mapping[str, str], got: Mapping[str, str]
) -> Changes:
    """What the application's configuration sets and this build has not, or has otherwise."""
    changed = [name for name, value in had.items() if name not in needs and got.get(name, "n") != value]
    absent = tuple(name for name in changed if name not in got)
    return Changes(made, absent, tuple(name for name in changed if name in got))


def _compile(order: Order, inputs: Inputs, jobs: int) -> float:
    log = inputs.folder / "build.log"
    with Phase("building") as phase:
        heard = _counter(phase, order) if is_watched() else None
        ends = call((*order.command, "prepare"), log) and call(
            (*order.command, "-Otarget", f"-j{jobs}", "all"), log, heard, append=True
        )
    if not ends:
        _fail(log, order)
    return phase.seconds


def _counter(phase: Phase, order: Order) -> Heard:
    """Shows how many sources are compiled, of how many in a first build."""
    objects: list[str] = []
    if not any(path.parent.name != "kconfig" for path in order.out.glob("*/*.o")):
        call((*order.command, "print-objs"), Path("/dev/null"), lambda line: objects.extend(line.split()))
    total = f" of {count}" if (count := sum(name.endswith(".o") for name in objects)) else ""
    done = 0

    def heard(line: str) -> None:
        nonlocal done
        if COMPILED.match(line):
            done += 1
            phase.tell(f"{done}{total} files")

    return heard


def _fail(log: Path, order: Order) -> None:
    lines = read_any(log, 1 << 30).decode(errors="replace").splitlines()
    stop(faults(lines, order.checkout, f"whole log: {shown_path(log)}"))


def _name(order: Order) -> str:
    name = config.values(read_any(order.config).decode(errors="replace")).get("UK_NAME", "")
    return name.strip('"') or order.app.name
