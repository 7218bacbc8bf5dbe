# SPDX-License-Identifier: BSD-3-Clause
"""The generator's house: steps import only what stands to their left, and return what they find."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.unit.helpers import ROOT

GENERATOR = ROOT / "generator"
ORDER = (
    {"", "diagnostics", "reading", "escape", "color", "own_templates", "progress"},
    {"load"},
    {"plan"},
    {"tree"},
    {"places"},
    {"pipeline"},
    {"targets"},
    {"formats"},
    {"commands", "reports", "pages", "completion", "parser", "doctor", "browse", "scaffold", "runfile"},
    {"unikraft"},
    {"lab"},
    {"run"},
    {"cli"},
    {"__main__"},
)
"""From left to right: ground, steps, the pipeline, what uses it. A folder of `generator/` is one step."""


def modules() -> dict[str, Path]:
    """Each module by its dotted name below the package; a package by the name of its folder."""
    found = {path.relative_to(GENERATOR).with_suffix(""): path for path in GENERATOR.rglob("*.py")}
    return {".".join(place.parts).removesuffix("__init__").rstrip("."): path for place, path in found.items()}


def imports(name: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that a module imports, also within functions and for types."""
    words = [word for word in name.split(".") if word]
    package = words if path.name == "__init__.py" else words[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = package[: len(package) - node.level + 1]
            source = ".".join([*above, node.module or ""]).strip(".")
            for alias in node.names:
                below = f"{source}.{alias.name}".strip(".")
                yield below if below in known else source
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not {word.split(".")[0] for word in names} & {"generator", "platgen"}, path


def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: set(imports(name, path, known)) for name, path in known.items()}


def test_every_module_imports_only_from_its_step_and_from_those_before() -> None:
    rank = {word: i for i, words in enumerate(ORDER) for word in words}
    edges = graph()
    assert len(edges) > 50
    assert {name.split(".")[0] for name in edges} == rank.keys()

    def is_before(one: str, other: str) -> bool:
        return one == other or rank[one] < rank[other] or {one, other} <= ORDER[0]

    pairs = [(name, other) for name, others in edges.items() for other in others]
    assert not [pair for pair in pairs if not is_before(pair[1].split(".")[0], pair[0].split(".")[0])]


def test_no_modules_import_each_other_in_a_circle() -> None:
    edges = {name: {other for other in others if other != name} for name, others in graph().items()}
    while free := {name for name, others in edges.items() if not others & edges.keys()}:
        edges = {name: others for name, others in edges.items() if name not in free}
    assert not edges


def test_steps_return_their_errors() -> None:
    """None is handed a collection to fill, and none asserts that an earlier one has found a value."""
    for name, path in modules().items():
        if name.split(".")[0] in ("lab", "diagnostics"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                filled = [a.arg for a in parameters if a.annotation and "Diagnostics" in ast.unparse(a.annotation)]
                assert not filled, f"{name}.{node.name}"
            if isinstance(node, ast.Assert):
                assert "is not None" not in ast.unparse(node), f"{name}:{node.lineno}"


def test_imports_within_functions_and_for_types_count(tmp_path: Path) -> None:
    text = "from . import schema\nif X:\n    from .file import load\ndef f():\n    from ..plan import resolve\n"
    (tmp_path / "spec.py").write_text(text)
    known = dict.fromkeys(("load", "load.schema", "load.file", "plan", "plan.resolve"), tmp_path)
    assert set(imports("load.spec", tmp_path / "spec.py", known)) == {"load.schema", "load.file", "plan.resolve"}
