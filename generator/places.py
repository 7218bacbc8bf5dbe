# SPDX-License-Identifier: BSD-3-Clause
"""A checkout's folders: where a spec, its tree and the digests of its other trees live."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

from . import DEFAULT_LEVEL
from .diagnostics import Diagnostic, Location, Outcome, did_you_mean, fail, shown_path, visible
from .load.components import COMMON, layers
from .load.folders import LEVELS
from .load.spec import Spec

HINT = "pass the checkout with --root"
DATA = Path(__file__).resolve().parent / "data"  # templates and specs of an installed platgen; none in a checkout


def find_root() -> Path:
    """The nearest checkout at or above the current folder, else the generator's own or its data, else that folder."""
    here = Path.cwd()
    own = Path(__file__).resolve().parent.parent  # no checkout where the generator is installed
    for folder in (here, *here.parents, own, DATA):
        if (folder / "templates" / LEVELS).is_dir() and (folder / "platforms").is_dir():
            return folder
    return here


class Places:
    """The folders below `root`, which holds `platforms/` and `templates/`."""

    def __init__(self, root: Path, added: tuple[Path, ...] = ()) -> None:
        """`added` holds folders with further layers. Raises BadInput where `root` is no checkout."""
        self.root = root
        self.added = added
        self.platforms = root / "platforms"
        self.templates = root / "templates"
        if not (self.templates / LEVELS).is_dir():
            message = f"no templates/{LEVELS} here: this is not a platgen checkout"
            fail("no-project", Location(root), message, HINT)

    def layers(self) -> Outcome[Mapping[str, Path]]:
        """All layers but the common one by name, each with the templates folder that holds it."""
        owners = dict.fromkeys(layers(self.templates), self.templates)
        errors: list[Diagnostic] = []
        for folder in self.added:
            try:
                names = [*layers(folder), *([COMMON] if (folder / COMMON).exists() else [])]
            except OSError as error:
                errors.append(Diagnostic("cannot-read", Location(folder), f"cannot read: {error.strerror}"))
                continue
            for name in names:
                if name == COMMON or owners.setdefault(name, folder) is not folder:
                    first = shown_path(owners.get(name, self.templates) / name)
                    message = f"layer '{name}' exists twice: here and in {first}"
                    errors.append(Diagnostic("layer-twice", Location(folder / name), message, "rename the folder"))
        return Outcome(owners, tuple(errors))

    @property
    def is_installed(self) -> bool:
        """Whether this is the data of an installed platgen, which nothing writes to."""
        return self.root == DATA

    def platform_names(self) -> Outcome[tuple[str, ...]]:
        """The platforms of this checkout."""
        try:
            with os.scandir(self.platforms) as entries:
                return Outcome(tuple(sorted(e.name.removesuffix(".yaml") for e in entries if e.name.endswith(".yaml"))))
        except OSError as error:
            message = f"cannot read: {error.strerror}"
            return Outcome(None, (Diagnostic("no-project", Location(self.platforms), message, HINT),))

    def all_platforms(self) -> Outcome[tuple[str, ...]]:
        """The same for a command that takes all of them; it is an error when there is none."""
        names, errors = self.platform_names()
        if names == ():
            hint = "a spec is a file NAME.yaml; docs/writing-a-platform.md shows a first one"
            errors = (Diagnostic("no-specs", Location(self.platforms), "there is no spec here", hint),)
        return Outcome(names, errors)

    def spec(self, platform: str) -> Outcome[Path]:
        """The spec that PLAT names: a path when it looks like one, else a name below platforms/."""
        if "/" in platform or platform.endswith(".yaml"):
            return Outcome(Path(platform).absolute())
        path = self.platforms / f"{platform}.yaml"
        if os.path.lexists(path):
            return Outcome(path)
        names, errors = self.platform_names()
        if names is None:
            return Outcome(None, errors)
        hint = did_you_mean(platform, names)
        return Outcome(None, (Diagnostic("unknown-platform", None, f"there is no platform '{platform}'", hint),))

    def tree(self, spec: Spec, level: str, output: Path | None = None) -> Path:
        """Where a tree goes: where -o says, else its own place, else build/ of the checkout one is in, or here."""
        if output is not None:
            return output
        if self.has_own_place(spec, level):
            return self.platforms / spec.name
        here = Path.cwd()
        return (self.root if here.is_relative_to(self.root) else here) / "build" / f"{spec.name}-{level}"

    def has_own_place(self, spec: Spec, level: str, output: Path | None = None) -> bool:
        """Whether the tree is one that the checkout keeps: of a spec in platforms/, at the default core level."""
        return output is None and level == DEFAULT_LEVEL and self._is_ours(spec) and not self.is_installed

    def digests(self, spec: Spec) -> Path:
        """The file with the digests of the platform's trees at the other core levels."""
        return self.platforms / f"{spec.name}.hashes"

    def gen_command(self, spec: Spec, level: str, output: Path | None = None, option: str = "-o") -> str:
        """The `gen` that makes the tree of a spec, as messages tell it; `option` names the output."""
        words = ["platgen", "gen", spec.name if self._is_ours(spec) else quote(shown_path(spec.document.path))]
        if self.root != find_root():
            words += ["--root", quote(shown_path(self.root))]
        for folder in self.added:
            words += ["--templates", quote(shown_path(folder))]
        if level != DEFAULT_LEVEL:
            words += ["--core", level]
        if output:
            words += [option, quote(visible(str(output)))]
        return " ".join(words)

    def _is_ours(self, spec: Spec) -> bool:
        return spec.document.path.parent == self.platforms
