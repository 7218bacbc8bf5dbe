# SPDX-License-Identifier: BSD-3-Clause
"""The installed package: it is called platgen, brings its data, and no package called generator."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as pip would lay it down."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md", "generator"):
        (source / name).symlink_to(ROOT / name)
    build = [*("-m", "pip", "-q", "wheel", "--no-build-isolation", "--no-deps", "-w"), str(folder)]
    subprocess.run([sys.executable, *build, str(source)], check=True)
    (wheel,) = folder.glob("platgen-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def platgen(site: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.insert(0, {str(site)!r}); from platgen.cli import run; run()"
    return subprocess.run(
        [sys.executable, "-I", "-c", start, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_nothing_but_platgen_is_installed(installed: Path) -> None:
    assert [path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")] == ["platgen"]


def test_every_module_and_data_file_is_in_the_wheel(installed: Path) -> None:
    def files(folder: Path) -> set[str]:
        kept = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(folder).as_posix() for path in kept}

    assert files(installed / "platgen") == files(ROOT / "generator")


def test_installed_command_works_on_a_checkout(installed: Path, project: Path) -> None:
    done = platgen(installed, "gen", "small", "-o", "out", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "out/.platgen.json").is_file()


def test_installed_command_outside_of_a_checkout_asks_for_one(installed: Path, tmp_path: Path) -> None:
    done = platgen(installed, "list", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path}: error: no templates/common/core here: this is not a platgen checkout [no-project]\n"
        "hint: pass the checkout with --root\n1 error\n"
    )
