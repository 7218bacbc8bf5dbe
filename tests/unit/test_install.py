# SPDX-License-Identifier: BSD-3-Clause
"""The installed package: it is called platgen, brings its data, and no package called generator."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.unit.helpers import ROOT, snapshot


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that users install."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md", "generator", "templates", "platforms"):
        (source / name).symlink_to(ROOT / name)
    build = [*("-m", "pip", "-q", "wheel", "--no-build-isolation", "--no-deps", "-w"), str(folder)]
    subprocess.run([sys.executable, *build, str(source)], check=True)
    (wheel,) = folder.glob("platgen-*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The wheel's content, as pip would lay it down."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(wheel.parent / "site")
    return wheel.parent / "site"


@pytest.fixture(scope="module")
def command(wheel: Path) -> Path:
    """The command in a virtual environment that has nothing but the wheel and what it asks for."""
    folder = wheel.parent / "venv"
    venv.create(folder)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    wheels = Path(os.environ.get("PLATGEN_CACHE") or Path(base) / "platgen") / "wheels"
    source = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    pip = [sys.executable, "-m", "pip", "-q", "--python", str(folder / "bin/python"), "install", "--no-compile"]
    subprocess.run([*pip, *source, str(wheel)], check=True)
    return folder / "bin/platgen"


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


def test_the_wheel_is_enough_for_a_first_platform(command: Path, tmp_path: Path) -> None:
    """In an empty environment, outside of any checkout, with no package that only the tests ask for."""

    def done(*arguments: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        result = subprocess.run(
            [command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert (result.returncode, result.stderr) == (0, ""), arguments
        return result.stdout

    for name, base in (("mine", "kvm"), ("yours", "xen-pvh")):
        assert done("new", name, "--from", base).startswith(f"create    {name}.yaml\n")
        assert done("gen", f"{name}.yaml", "-o", name).endswith(f" created in {name}\n")
        assert done("check", f"{name}.yaml", "-o", name).endswith(" files as generated\n")
        assert "because" in done("explain", f"{name}.yaml", "clock.c")
    assert done("explain", "mine.yaml", "--html", "mine.html").endswith(" files in mine.html\n")
    assert "qemu-system-x86_64" in done("runfile", "mine.yaml", "--for", "qemu")
    assert 'type = "pvh"' in done("runfile", "yours.yaml", "--for", "xl")
    assert done("init", "repository").endswith("the tree: make -C repository\n")
    done("gen", "repository/repository.yaml", "--templates", "repository/templates", "-o", "repository/repository")
    assert {path.name for path in tmp_path.iterdir()} == {
        "mine.yaml", "mine", "yours.yaml", "yours", "mine.html", "repository"
    }  # fmt: skip


def test_installed_command_refuses_a_root_that_is_no_checkout(installed: Path, tmp_path: Path) -> None:
    done = platgen(installed, "list", "--root", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path}: error: no templates/common/core here: this is not a platgen checkout [no-project]\n"
        "hint: pass the checkout with --root\n1 error\n"
    )
