# SPDX-License-Identifier: BSD-3-Clause
"""What the documentation names exists; the picture and the version are as the code has them."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from generator import VERSION
from tests.unit.helpers import ROOT, Run

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
HISTORY = ROOT / "docs" / "changelog.md"  # names what was, too
GENERATED = {"build", ".venv"}
TOP = {path.name for path in ROOT.iterdir()} - GENERATED
EXAMPLES = {"platforms/firecracker.yaml"}
WORDS = {"NAME", "LAYER", "COMPONENT", "GROUP", "LEVEL"}
MODULES = sorted(
    path.relative_to(ROOT / "generator").with_suffix("").as_posix()
    for path in (ROOT / "generator").rglob("*.py")
    if path.name not in {"__init__.py", "__main__.py"} and "lab" not in path.relative_to(ROOT / "generator").parts
)


def paths(page: Path) -> set[str]:
    """Every word in backquotes that is a path from the top of the repository, without placeholders."""
    words = re.findall(r"`([\w.*/-]+)`", re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S))
    return {w for w in words if "/" in w and w.split("/")[0] in TOP and not any(name in w for name in WORDS)}


@pytest.mark.parametrize("page", [page for page in PAGES if page != HISTORY], ids=lambda page: page.name)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    missing = [path for path in sorted(paths(page) - EXAMPLES) if not list(ROOT.glob(path.rstrip("/")))]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def test_paths_are_found_at_all() -> None:
    assert len(set().union(*(paths(page) for page in PAGES))) > 20


def test_design_names_every_module_on_the_way_of_a_spec() -> None:
    text = (ROOT / "docs" / "design.md").read_text().partition("## 2. ")[0]
    named = set(re.findall(r"`([a-z_]+(?:/[a-z_]+)?)`", text))
    assert len(MODULES) > 20
    assert not [module for module in MODULES if module not in named]
    assert not [name for name in named if "/" in name and name.split("/")[0] in {"load", "plan", "tree", "doctor"}
                and name not in MODULES]  # fmt: skip


@pytest.fixture
def overview() -> ModuleType:
    spec = importlib.util.spec_from_file_location("overview", ROOT / "docs" / "overview.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_is_as_drawn_and_shows_what_exists(overview: ModuleType) -> None:
    assert (ROOT / "docs" / "overview.svg").read_text() == overview.draw(), "python docs/overview.py"
    shown = {title: lines for title, _, lines in overview.BOXES}
    machine = yaml.safe_load((ROOT / "platforms" / "kvm.yaml").read_text())["machine"]
    facts = yaml.safe_load("\n".join(shown["Spec"]).replace("...", "null"))["machine"]
    for key, names in facts.items():
        assert {name for name in names if name} <= set(machine[key]), key
    manifests = {path.parent.name for path in (ROOT / "templates").rglob("component.yaml")}
    assert {line for line in shown["Components"] if re.fullmatch(r"[\w-]+", line)} <= manifests
    files = {name for line in shown["Tree"] for name in line.split(", ")}
    assert all((ROOT / "platforms" / "kvm" / name).is_file() for name in files)


def test_one_version_everywhere(run: Run) -> None:
    assert run("--version") == (0, f"platgen {VERSION}\n", "")
    setuptools = importlib.import_module("setuptools.config.pyprojecttoml")  # it has no type stubs
    assert setuptools.read_configuration(str(ROOT / "pyproject.toml"))["project"]["version"] == VERSION
    assert re.findall(r"^## \[(\d\S*)\]", HISTORY.read_text(), re.M)[0] == VERSION


def test_the_merge_driver_of_contributing_takes_generated_files_only(tmp_path: Path) -> None:
    def git(*words: str) -> int:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b", *words]
        return subprocess.run(command, capture_output=True, check=False).returncode

    def commit(text: str) -> None:
        (tmp_path / "platforms/kvm/a.c").write_text(text)
        git("add", "-A")
        git("commit", "-qm", text)

    git("init", "-qb", "main")
    for line in re.findall(r"^    git (config merge\..*)$", (ROOT / "CONTRIBUTING.md").read_text(), re.M):
        key, _, value = line.removeprefix("config ").partition(" ")
        git("config", key, value.strip('"'))
    (tmp_path / "platforms/kvm").mkdir(parents=True)
    (tmp_path / ".gitattributes").write_text((ROOT / ".gitattributes").read_text())
    commit("base\n")
    git("checkout", "-qb", "theirs")
    commit("theirs\n")
    git("checkout", "-q", "main")
    commit("ours\n")
    assert git("merge", "-q", "theirs") == 0
    assert (tmp_path / "platforms/kvm/a.c").read_text() == "ours\n"
