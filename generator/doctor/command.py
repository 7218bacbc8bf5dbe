# SPDX-License-Identifier: BSD-3-Clause
"""`doctor`: says without a build whether a platform fits a user's Unikraft checkout.

It reads the checkout and writes only to a temporary folder. Exit 0: it fits; 1: it does not.
"""

from __future__ import annotations

import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostics, Location, did_you_mean, read_file, shown_path
from ..formats.document import Format
from ..load.folders import LEVELS
from ..load.levels import Level
from ..load.spec import Identity, Spec
from ..pipeline import Pipeline
from .checkout import Checkout, open_checkout
from .release import fit
from .report import Check, Report, counted
from .tree import open_tree, read_manifest


class Request(NamedTuple):
    """What is asked: a checkout, a platform and, where the defaults do not do, its tree, level, configuration."""

    unikraft: Path
    platform: str
    tree: Path | None = None
    level: str | None = None
    config: Path | None = None
    format: Format = "text"


def doctor(pipeline: Pipeline, request: Request) -> int:
    """Make all checks. What an earlier problem makes impossible is skipped, and says so."""
    spec, checkout = _inputs(pipeline, request)
    report = Report(request.format)
    notes = ", ".join(note for note in (checkout.codename, checkout.commit) if note)
    report.title(f"{checkout.title}{f' ({notes})' if notes else ''} in {shown_path(checkout.path)}")
    chosen = fit(checkout, pipeline.levels().or_stop(), request.level)
    report.add(chosen.check)
    rendered = pipeline.rendered(spec, chosen.level).or_stop()
    place = "/tmp" if re.search(r"[\s:]", tempfile.gettempdir()) else None  # noqa: S108 - the build takes no blanks
    with tempfile.TemporaryDirectory(prefix="platgen-", dir=place) as folder:
        work = report.temporary = Path(folder).resolve()
        tree = open_tree(pipeline, rendered, request.tree, work / spec.name).or_stop()
        report.add(tree.check)
        if tree.is_buildable:
            config = request.config.absolute() if request.config else None
            try:
                _inside(report, checkout, chosen.level, spec.unikraft, tree.folder.resolve(), config, work / "build")
            finally:
                report.rest()
        else:
            report.add(Check("kconfig", "skipped", "Unikraft's build cannot take the tree as it is"))
    return report.finish(spec.name, str(spec.document.path), chosen.level.name, checkout.title)


def _inputs(pipeline: Pipeline, request: Request) -> tuple[Spec, Checkout]:
    """What the command line names; raises BadInput with all that is wrong with it."""
    found = Diagnostics()
    specs = found.take(pipeline.specs([request.platform])) or ()
    level = found.take(pipeline.level(request.level)) if request.level else None
    serving = [other.name for other in (found.take(pipeline.levels()) or {}).values() if other.releases]
    if not serving:
        hint = f"list the releases in {shown_path(pipeline.places.templates / LEVELS)}"
        found.error("no-release", None, "no core level serves a release of Unikraft", hint)
    elif level and level.name not in serving:
        hint = did_you_mean(level.name, serving)
        found.error("no-release", None, f"core level {level.name} serves no release of Unikraft", hint)
    if request.config:
        hint = "the build keeps it in the application's folder, as .config"
        if os.path.lexists(request.config):
            found.take(read_file(request.config, hint))
        else:
            found.error("no-config", Location(request.config), "there is no such configuration file", hint)
    if request.tree:
        found.take(read_manifest(request.tree))
    checkout = open_checkout(request.unikraft)
    found.take(checkout)
    for spec in specs:
        found.take(pipeline.components(spec))
    found.stop_if_any()
    return specs[0], checkout.or_stop()


def _inside(
    report: Report, checkout: Checkout, level: Level, ours: Identity, tree: Path, dotconfig: Path | None, work: Path
) -> None:
    """The checks that need a tree that the build can take."""
    from . import build, kconfig, make, symbols

    report.busy("reading the checkout's Kconfig")
    configs = report.take(kconfig.examine(checkout, level, tree, ours, dotconfig, work))
    if configs is None:
        report.add(Check("headers", "skipped", "there is no configuration to compile with"))
        return
    report.busy("asking the checkout's Makefile")
    platform = make.Platform(tree, ours.library)
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(partial(make.ask, checkout, platform), configs))
    asked = [answer.value for answer in answers if answer.value]
    if len(asked) < len(answers):
        report.take(next(answer for answer in answers if not answer.value))
        return
    files = counted(sum(len(question.sources) for question in asked), "file")
    tell = report.busy("compiling")
    builds = report.take(build.examine(checkout, platform, asked, lambda done: tell(f"{done} of {files}")))
    report.busy("comparing symbols")
    report.add(*symbols.examine(checkout, builds or ()))
