# SPDX-License-Identifier: BSD-3-Clause
"""Where components and core levels stand below `templates/`.

A component is a folder with a manifest, straight below its layer or one group below it. A group only sorts
components for readers: names are unique within a layer, and no text but a path depends on a group.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from ..diagnostics import Diagnostics, Location

MANIFEST = "component.yaml"
LEVELS = "common/core"
"""The one group whose folder holds level files too, beside the components that serve them."""
NAME = re.compile(r"[a-z][a-z0-9-]*")


def level_files(templates: Path) -> list[Path]:
    """The files of all core levels, by name."""
    return sorted(path for path in (templates / LEVELS).glob("*.yaml") if path.name != MANIFEST)


def component_folders(templates: Path, layer: str, found: Diagnostics) -> list[Path]:
    """The folders of a layer's components, by component name, whatever their groups."""
    folders: dict[str, Path] = {}
    for folder in _subfolders(templates / layer, found):
        below = [folder] if _has_manifest(folder) else _in_group(templates, folder, found)
        for place in below:
            first = folders.setdefault(place.name, place)
            if first is not place:
                places = f"{first.relative_to(templates)} and {place.relative_to(templates)}"
                message = f"component '{place.name}' is twice in layer {layer}: {places}"
                found.error("component-twice", Location(place), message, "rename one of the folders")
    return sorted(folders.values(), key=lambda folder: folder.name)


def _in_group(templates: Path, folder: Path, found: Diagnostics) -> list[Path]:
    """The component folders of a group; a folder that holds none is a component that lacks its manifest."""
    files: list[str] = []
    inner = _subfolders(folder, found, files)
    components = [place for place in inner if _has_manifest(place)]
    holds_levels = folder == templates / LEVELS
    if not components and not (holds_levels and files):
        _refuse(folder, found)
        return []
    for place in inner:
        if place not in components:
            _refuse(place, found)
    for name in files:
        if name.endswith(".yaml") and not holds_levels:
            message = f"'{name}' is in a group folder, which holds component folders only"
            hint = f"a manifest is NAME/{MANIFEST}, a core level templates/{LEVELS}/LEVEL.yaml"
            found.error("stray-file", Location(folder / name), message, hint)
    return components


def _refuse(folder: Path, found: Diagnostics) -> None:
    with suppress(OSError):  # the folder could not be read, or went: its caller has noted that
        if os.listdir(folder):  # git leaves an empty folder of a component that went
            message = "a component folder without component.yaml"
            found.error("no-manifest", Location(folder), message, "add the manifest, or remove the folder")


def _has_manifest(folder: Path) -> bool:
    return os.path.lexists(folder / MANIFEST)


def _subfolders(folder: Path, found: Diagnostics, files: list[str] | None = None) -> list[Path]:
    """The folders in a folder, by name; the names of its files are added to `files`."""
    try:
        with os.scandir(folder) as entries:
            kinds = sorted((e.name, e.is_dir()) for e in entries if not e.name.startswith((".", "__")))
    except OSError as error:
        found.error("cannot-read", Location(folder), f"cannot read: {error.strerror}")
        return []
    places: list[Path] = []
    for name, is_folder in kinds:
        if not is_folder:
            if files is not None:
                files.append(name)
        elif NAME.fullmatch(name):
            places.append(folder / name)
        else:
            message = f"'{name}' is not a name (small letters, digits, dashes; a letter first)"
            found.error("bad-folder", Location(folder / name), message, "rename the folder")
    return places
