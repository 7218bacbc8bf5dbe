# SPDX-License-Identifier: BSD-3-Clause
"""What `build` is asked for, and whether it can be built: application, libraries, configuration, build folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Diagnostics, Location, did_you_mean, shown_path
from ..doctor.checkout import Checkout, open_checkout
from ..load.spec import Spec
from ..pipeline import Pipeline
from ..tree.compare import check_place
from .config import read_all, usual_configs

if TYPE_CHECKING:
    from ..formats.document import Format

MARK = "Makefile.uk"
"""What makes a folder an application or a library."""


class Request(NamedTuple):
    """The options of `platgen build`."""

    platform: str
    unikraft: Path
    app: Path = Path()
    libraries: Sequence[Path] = ()
    level: str | None = None
    config: Path | None = None
    output: Path | None = None
    jobs: int | None = None
    format: Format = "text"

    @property
    def is_text(self) -> bool:
        """Whether a person reads it; else one document ends the run."""
        return self.format == "text"


class Inputs(NamedTuple):
    """The same as things that are there, with absolute paths."""

    spec: Spec
    checkout: Checkout
    app: Path
    libraries: tuple[Path, ...]
    configs: tuple[Path, ...]
    text: str
    """What they say, as one configuration."""
    folder: Path
    """For tree, configuration, objects, logs."""


def read(pipeline: Pipeline, request: Request) -> Inputs:
    """Look at everything; raises BadInput with all that is wrong."""
    found = Diagnostics()
    specs = found.take(pipeline.specs([request.platform])) or ()
    checkout = open_checkout(request.unikraft)
    found.take(checkout)
    if request.level:
        found.take(pipeline.level(request.level))
    for error in _folder_errors(request.app, "application", "--app"):
        found.add(error)
    for folder in request.libraries:
        for error in _folder_errors(folder, "library", "--lib"):
            found.add(error)
    app = request.app.resolve()
    configs = (request.config.absolute(),) if request.config else usual_configs(app)
    text = found.take(read_all(configs))
    for spec in specs:
        found.take(pipeline.components(spec))
    found.stop_if_any()
    folder = (request.output or usual_folder(pipeline.places.root, app, specs[0].name)).absolute()
    for error in _place_errors(folder, app):
        found.add(error)
    found.stop_if_any()
    libraries = tuple(path.resolve() for path in request.libraries)
    return Inputs(specs[0], checkout.or_stop(), app, libraries, configs, text or "", folder)


def usual_folder(root: Path, app: Path, name: str) -> Path:
    """Where an image is built: `build/` of the checkout one is in, or here; beside the application where here is it."""
    here = Path.cwd()
    base = root if here.is_relative_to(root) else here
    return (app.parent if base.is_relative_to(app) else base) / "build" / f"{app.name}-{name}"


def _folder_errors(path: Path, kind: str, option: str) -> Iterator[Diagnostic]:
    at = Location(path)
    if not path.is_dir():
        siblings = [other.name for other in path.parent.iterdir() if other.is_dir()] if path.parent.is_dir() else []
        hint = did_you_mean(path.name, siblings)
        yield Diagnostic(f"no-{kind}", at, "there is no such folder", hint if hint.endswith("?") else "")
        return
    if not (path / MARK).is_file():
        near = next((found.parent for found in sorted(path.glob(f"*/{MARK}"))), None)
        hint = f"did you mean {shown_path(near)}?" if near else f"{option} names the folder that holds its {MARK}"
        yield Diagnostic(f"no-{kind}", at, f"this is no {kind} of Unikraft's: it has no {MARK}", hint)
    if re.search(r"[\s:]", str(path.resolve())):
        message = "Unikraft's build does not support paths with blanks or colons"
        yield Diagnostic("blank-in-path", at, message, f"move the {kind}")


def _place_errors(folder: Path, app: Path) -> Iterator[Diagnostic]:
    if re.search(r"[\s:]", str(folder)):
        message = "Unikraft's build does not support paths with blanks or colons"
        yield Diagnostic("blank-in-path", Location(folder), message, "name another build folder with -o")
    if folder.is_relative_to(app):
        message = "the build folder would be in the application's"
        yield Diagnostic("folder-in-app", Location(folder), message, "name a folder outside of it with -o")
    yield from check_place(folder)
