# SPDX-License-Identifier: BSD-3-Clause
"""Where components and core levels stand below `templates/`.

A component is a folder with a manifest, straight below its layer or one group below it. A group only sorts
components for readers: names are unique within a layer, and no text but a path depends on a group.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..diagnostics import Diagnostic, Location, Outcome

MANIFEST = "component.yaml"
LEVELS = "common/core"
"""The one group whose folder holds level files too, beside the components that serve them."""
NAME = re.compile(r"[a-z][a-z0-9-]*")


def level_files(templates: Path) -> list[Path]:
    """The files of all core levels, by name."""
    folder = templates / LEVELS
    with suppress(OSError):  # a folder that cannot be read is an error of component_folders
        return [folder / name for name in sorted(os.listdir(folder)) if name.endswith(".yaml") and name != MANIFEST]
    return []


class _Listing(NamedTuple):
    """What is in a folder, by name."""

    folders: tuple[Path, ...] = ()
    files: tuple[str, ...] = ()
    errors: tuple[Diagnostic, ...] = ()


def component_folders(templates: Path, layer: str) -> Outcome[tuple[Path, ...]]:
    """The folders of a layer's components, by component name, whatever their groups."""
    top = _listing(templates / layer)
    errors = [*top.errors, *_stray(templates / layer, top.files, "a layer's folder")]
    folders: dict[str, Path] = {}
    for folder in top.folders:
        below = _alone(folder) if _has_manifest(folder) else _group(templates, folder)
        errors += below.errors
        for place in below.folders:
            first = folders.setdefault(place.name, place)
            if first is not place:
                places = f"{first.relative_to(templates)} and {place.relative_to(templates)}"
                message = f"component '{place.name}' exists twice in layer {layer}: {places}"
                errors.append(Diagnostic("component-twice", Location(place), message, "rename one of the folders"))
    return Outcome(tuple(folders[name] for name in sorted(folders)), tuple(errors))


def _group(templates: Path, folder: Path) -> _Listing:
    """The component folders of a group; a folder that holds none is a component that lacks its manifest."""
    inner = _listing(folder)
    components: list[Path] = []
    others: list[Path] = []
    for place in inner.folders:
        (components if _has_manifest(place) else others).append(place)
    holds_levels = folder == templates / LEVELS
    errors = [*inner.errors]
    if not components and not (holds_levels and inner.files):
        return _Listing(errors=(*errors, *_without_manifest(folder)))
    for place in others:
        errors += _without_manifest(place)
    loose = (name for name in inner.files if not (holds_levels and name.endswith(".yaml")))
    return _Listing(tuple(components), inner.files, (*errors, *_stray(folder, loose, "a group folder")))


def _alone(folder: Path) -> _Listing:
    """A component straight below its layer; a manifest in a group's folder would hide the components of the group."""
    inner = next((place for place in _listing(folder).folders if _has_manifest(place)), None)
    if inner is None:
        return _Listing((folder,))
    message = f"this manifest makes '{folder.name}' a component, but the folder holds components such as '{inner.name}'"
    hint = "move the manifest into a folder of its component's name"
    return _Listing(errors=(Diagnostic("nested-component", Location(folder / MANIFEST), message, hint),))


def _stray(folder: Path, names: Iterable[str], what: str) -> Iterator[Diagnostic]:
    """YAML files that nothing reads."""
    for name in names:
        if name.endswith((".yaml", ".yml")):
            message = f"'{name}' is in {what}, which holds component folders only"
            hint = f"a manifest is NAME/{MANIFEST}, a core level templates/{LEVELS}/LEVEL.yaml"
            yield Diagnostic("stray-file", Location(folder / name), message, hint)


def _without_manifest(folder: Path) -> Iterator[Diagnostic]:
    with suppress(OSError):  # the folder could not be read, which is an error already, or went
        if os.listdir(folder):  # git leaves an empty folder of a component that went
            message = "a component folder without component.yaml"
            yield Diagnostic("no-manifest", Location(folder), message, "add the manifest, or remove the folder")


def _has_manifest(folder: Path) -> bool:
    return os.path.lexists(folder / MANIFEST)


def _listing(folder: Path) -> _Listing:
    """What is in a folder; hidden names count as not there."""
    try:
        with os.scandir(folder) as entries:
            kinds = sorted((e.name, e.is_dir()) for e in entries if not e.name.startswith((".", "__")))
    except OSError as error:
        return _Listing(errors=(Diagnostic("cannot-read", Location(folder), f"cannot read: {error.strerror}"),))
    names = [name for name, is_folder in kinds if is_folder]
    message = "'{}' is not a name (small letters, digits, dashes; a letter first)"
    return _Listing(
        tuple(folder / name for name in names if NAME.fullmatch(name)),
        tuple(name for name, is_folder in kinds if not is_folder),
        tuple(
            Diagnostic("bad-folder", Location(folder / name), message.format(name), "rename the folder")
            for name in names
            if not NAME.fullmatch(name)
        ),
    )
