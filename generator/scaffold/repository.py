# SPDX-License-Identifier: BSD-3-Clause
"""`init`: a small repository of one's own, with a spec, a layer, a Makefile and a CI file.

It holds no file of platgen: the common layer comes from the checkout or the wheel, at each run.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from ..color import complain
from ..pipeline import Pipeline
from . import component, spec
from .command import checked, write
from .put import obstacles, put, render

TEMPLATES = "templates"
FILES = {"Makefile": "Makefile", ".gitignore": "gitignore", ".github/workflows/check.yml": "check.yml"}
"""What is the same in each repository but for the name, and its template."""


def init(pipeline: Pipeline, folder: Path, name: str | None) -> int:
    """Write the repository. Exit 0: written; 1: something is there, nothing written."""
    folder = folder.absolute()
    name = checked(re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") if name is None else name)
    layer = component.layer(folder / TEMPLATES, name)
    own = folder / f"{name}.yaml"
    others = {folder / path: render(template, name=name) for path, template in FILES.items()}
    if there := obstacles([own, folder / TEMPLATES, folder / name, *others]):
        complain(there)
        return 1
    text = _spec(pipeline, name)
    following = f"make -C {folder.name}" if folder != Path.cwd() else "make"
    return write({own: text, **layer, **others}, [], f"the tree: {following}")


def _spec(pipeline: Pipeline, name: str) -> str:
    """The spec of a layer that is nowhere yet: one is made that goes again."""
    added = Path(tempfile.mkdtemp(prefix="platgen-"))
    try:
        put(component.layer(added, name))
        whole = Pipeline(pipeline.places.root, [*pipeline.places.added, added])
        return spec.text(whole, name, spec.Choice(None, (name,), (), ()), is_elsewhere=True)
    finally:
        shutil.rmtree(added)
