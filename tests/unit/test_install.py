# SPDX-License-Identifier: BSD-3-Clause
"""The installed package: it is called platgen, brings its data, and no package called generator."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT, snapshot


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as pip would lay it down."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md", "generator", "templates", "platforms"):
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

    inside = files(installed / "platgen")
    data = {name for name in inside if name.startswith("data/")}
    assert inside - data == files(ROOT / "generator")
    platforms = [*(ROOT / "platforms").glob("*.yaml"), ROOT / "platforms/spec.schema.json"]
    specs = {f"data/platforms/{path.name}" for path in platforms}
    assert data == specs | {f"data/templates/{name}" for name in files(ROOT / "templates")}


def test_installed_command_works_on_a_checkout(installed: Path, project: Path) -> None:
    done = platgen(installed, "gen", "small", "-o", "out", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "out/.platgen.json").is_file()


def test_installed_command_works_outside_of_a_checkout(installed: Path, tmp_path: Path) -> None:
    """A spec of one's own, and one that came with the wheel; the trees go where one is, and nowhere else."""
    site = snapshot(installed)
    text = (ROOT / "platforms/kvm.yaml").read_text().replace("name: kvm\n", "name: mine\n")
    (tmp_path / "mine.yaml").write_text(text)

    def done(*arguments: str) -> str:
        result = platgen(installed, *arguments, cwd=tmp_path)
        assert (result.returncode, result.stderr) == (0, ""), arguments
        return result.stdout

    assert "kvm " in done("list")
    assert done("gen", "./mine.yaml", "-o", "out").endswith(" created in out\n")
    assert done("check", "./mine.yaml", "-o", "out").endswith(" files as generated\n")
    assert done("diff", "./mine.yaml", "-o", "out") == ""
    assert "because" in done("explain", "./mine.yaml")
    assert done("runfile", "./mine.yaml", "--for", "qemu").startswith("#!/bin/sh\n")
    assert done("gen", "kvm", "--core", "bare").endswith(" created in build/kvm-bare\n")
    assert done("gen", "kvm").endswith(" created in build/kvm-0.21\n")
    done("check", "kvm")
    assert {path.name for path in tmp_path.iterdir()} == {"mine.yaml", "out", "build"}
    assert platgen(installed, "docs", cwd=tmp_path).returncode == 2
    assert {name for name in snapshot(installed) if "__pycache__" not in name} == {
        name for name in site if "__pycache__" not in name
    }


def test_installed_command_refuses_a_root_that_is_no_checkout(installed: Path, tmp_path: Path) -> None:
    done = platgen(installed, "list", "--root", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path}: error: no templates/common/core here: this is not a platgen checkout [no-project]\n"
        "hint: pass the checkout with --root\n1 error\n"
    )
