# SPDX-License-Identifier: BSD-3-Clause
"""Every message the generator can give, with the input that provokes it.

`tests/bad/CASE.yaml` is a spec for the small project; `tests/bad/CASE/` is laid over a copy of that
project, and its file `args` is the command line if that is not `gen small`. `CASE.stderr` is the
whole expected text. `PLATGEN_ACCEPT=1 pytest tests/unit/test_bad.py` rewrites it: read the diff.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

import generator
from generator.tree import write
from tests.unit.helpers import Run, snapshot

BAD = Path(__file__).parent.parent / "bad"
SPECS = sorted(path.stem for path in BAD.glob("*.yaml"))
OVERLAYS = sorted(path.name for path in BAD.iterdir() if path.is_dir())


def expect(case: str, text: str) -> None:
    path = BAD / f"{case}.stderr"
    if os.environ.get("PLATGEN_ACCEPT"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("case", SPECS)
def test_bad_spec(case: str, project: Path, run: Run) -> None:
    shutil.copy(BAD / f"{case}.yaml", project / f"{case}.yaml", follow_symlinks=False)
    before = snapshot(project)
    result = run("gen", f"./{case}.yaml", "-o", "out")
    expect(case, result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


@pytest.mark.parametrize("case", OVERLAYS)
def test_bad_project(case: str, project: Path, run: Run) -> None:
    shutil.copytree(BAD / case, project, symlinks=True, dirs_exist_ok=True)
    arguments = (project / "args").read_text().split() if (project / "args").exists() else ["gen", "small"]
    before = snapshot(project)
    result = run(*arguments)
    expect(case, result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


def too_big(project: Path) -> None:
    with (project / "platforms/small.yaml").open("a") as file:
        file.write("#" * (1 << 20))


def not_a_file(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()
    os.mkfifo(project / "platforms/small.yaml")


def control_character(project: Path) -> None:
    """Kept here because an editor would not show it."""
    path = project / "platforms/small.yaml"
    path.write_text(path.read_text().replace("a small", "a \x1b[31msmall"))


def self_link(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()
    (project / "platforms/small.yaml").symlink_to("small.yaml")


def link_escapes(project: Path) -> None:
    """Links out of the templates are made here: in the repository they would lead other tools astray."""
    (project / "outside").mkdir()
    (project / "outside/secret.c").touch()
    folder = project / "templates/common/clock-a"
    (folder / "secret.c").symlink_to("../../../outside/secret.c")
    (folder / "out").symlink_to("../../../outside")
    manifest = (folder / "component.yaml").read_text()
    (folder / "component.yaml").write_text(manifest.replace("[clock_a.c]", "[secret.c, out/secret.c]"))


def template_link(project: Path) -> None:
    """A template that would bring a file of the user's into the tree."""
    (project / "secret").write_text("secret\n")
    (project / "templates/common/core/core/here").symlink_to("../../../../secret")
    with (project / "templates/common/core/core/machine.c.j2").open("a") as file:
        file.write("{% include 'common/core/core/here' %}\n")


def bad_folder(project: Path) -> None:
    """Names that no file system of a clone should have to hold."""
    (project / "templates/common/a\nb").mkdir()
    (project / "templates/common/core/0.21 x.yaml").touch()


def hidden_comment(project: Path) -> None:
    """A comment that an editor shows in another order than it stands."""
    with (project / "platforms/small.yaml").open("a") as file:
        file.write("# \u202e x\n")


def other_spec(project: Path) -> None:
    manifest = project / "platforms/small/.platgen.json"
    manifest.parent.mkdir()
    manifest.write_text('{"format": 1, "spec": "large", "level": "0.21", "files": {}}')


def manifest_fifo(project: Path) -> None:
    (project / "platforms/small").mkdir()
    os.mkfifo(project / "platforms/small/.platgen.json")


def manifest_link(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").symlink_to("/dev/zero")


def manifest_surrogate(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text('{"format": 1, "files": {"\\ud800": "0"}}')


def manifest_long_name(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text(f'{{"format": 1, "files": {{"{"n" * 300}": "0"}}}}')


def manifest_sparse(project: Path) -> None:
    (project / "platforms/small").mkdir()
    with open(project / "platforms/small/.platgen.json", "w") as file:
        file.truncate(2 << 30)


MADE = (
    *(too_big, not_a_file, control_character, hidden_comment, self_link, link_escapes, bad_folder, template_link),
    *(other_spec, manifest_fifo, manifest_link, manifest_surrogate, manifest_long_name, manifest_sparse),
)


@pytest.mark.parametrize("make", MADE)
def test_bad_made(make: Callable[[Path], None], project: Path, run: Run) -> None:
    make(project)
    before = snapshot(project)
    result = run("gen", "small")
    expect(make.__name__.replace("_", "-"), result.err)
    assert (result.code, result.out.partition("create")[0]) == (2, "")
    assert snapshot(project) == before


def test_blank_in_the_checkout_s_path(project: Path, run: Run) -> None:
    """Not a folder of this repository: such a name is a burden in a clone."""
    shutil.copytree(project / "unikraft", project / "my unikraft")
    before = snapshot(project)
    result = run("doctor", "--unikraft", "my unikraft", "small")
    expect("doctor-blank", result.err)
    assert (result.code, result.out) == (2, "")
    assert snapshot(project) == before


def test_two_specs_of_one_name(project: Path, run: Run) -> None:
    """Both would go to one folder."""
    for name in ("one", "two"):
        (project / name).mkdir()
        (project / name / "small.yaml").write_text((project / "platforms/small.yaml").read_text())
    before = snapshot(project)
    result = run("gen", "one/small.yaml", "two/small.yaml")
    expect("name-twice", result.err)
    assert result.code == 2
    assert snapshot(project) == before


def test_changed_meanwhile(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves a file between the look and the write: his text stays."""
    run("gen", "small")
    (project / "templates/common/core/core/core.c").write_text("/* SPDX-License-Identifier: X */\nint v2;\n")
    stage = write._Writer.stage

    def slow_stage(writer: write._Writer) -> None:
        stage(writer)
        (project / "platforms/small/core.c").write_text("saved just now\n")

    monkeypatch.setattr(write._Writer, "stage", slow_stage)
    result = run("gen", "small")
    expect("changed-meanwhile", result.err)
    assert result.code == 2
    assert (project / "platforms/small/core.c").read_text() == "saved just now\n"


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond what Config.uk needs, which is checked in a temporary folder."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root steps down to user nobody, who may not be able to read this checkout: all is imported before."""
    if os.getuid() != 0:
        yield
        return
    own = (module.name for module in pkgutil.walk_packages(generator.__path__, "generator."))
    for module in ("jinja2", "jsonschema_rs", "kconfiglib", *own):
        if not module.endswith("__main__"):
            importlib.import_module(module)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def read_only() -> Iterator[None]:
    """Nobody may write beside the tree."""
    Path("platforms").chmod(0o555)
    with as_nobody():
        yield
    Path("platforms").chmod(0o755)


@contextmanager
def read_only_below() -> Iterator[None]:
    """A folder in the tree is write-protected."""
    Path("platforms").chmod(0o777)
    Path("platforms/small").chmod(0o777)
    Path("platforms/small/include/plat").chmod(0o555)
    if os.getuid() == 0:
        os.chown("platforms/small", 65534, -1)
    with as_nobody():
        yield


@pytest.fixture
def open_project(project: Path) -> Iterator[Path]:
    """The project in a folder that every user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "project"
        shutil.copytree(project, place)
        Path(folder).chmod(0o755)
        os.chdir(place)
        yield place
        os.chdir(project)


@pytest.mark.parametrize("trouble", [full_disk, read_only, read_only_below])
def test_cannot_write(trouble: Callable[[], AbstractContextManager[None]], open_project: Path, run: Run) -> None:
    run("gen", "small")
    header = open_project / "templates/common/core/core/include/plat/core.h"
    header.write_text("/* SPDX-License-Identifier: BSD-3-Clause */\nint v2;\n" + "\n" * 10000)
    before = snapshot(open_project)
    with trouble():
        result = run("gen", "small")
    expect(trouble.__name__.replace("_", "-"), result.err)
    assert result.code == 2
    assert snapshot(open_project) == before


def test_write_protected_foreign_folder_stays_as_it_is(open_project: Path, run: Run) -> None:
    """The old tree's copy of it is removed all the same, and its files keep their mode."""
    run("gen", "small")
    (open_project / "templates/common/core/core/core.c").write_text("/* SPDX-License-Identifier: X */\nint v2;\n")
    for folder in (open_project / "platforms", *(open_project / "platforms").rglob("*")):
        os.chown(folder, 65534 if os.getuid() == 0 else -1, -1)
    with as_nobody():
        mine = open_project / "platforms/small/mine"
        mine.mkdir()
        (mine / "file").write_text("x")
        (mine / "file").chmod(0o444)
        mine.chmod(0o555)
        result = run("gen", "small")
    assert (result.code, result.err) == (0, "")
    assert mine.stat().st_mode & 0o777 == 0o555
    assert (mine / "file").stat().st_mode & 0o777 == 0o444
    assert not (open_project / "platforms/.small.platgen").exists()


def codes_in_source() -> set[str]:
    """First arguments of `Diagnostic`, `error` and `fail`, and first items of what `_fault` returns."""
    codes: set[str] = set()
    folder = Path(generator.__file__).parent
    for path in (path for path in folder.rglob("*.py") if folder / "lab" not in path.parents):
        for node in ast.walk(ast.parse(path.read_text())):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("Diagnostic", "error", "fail"):
                values = node.args[:1]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                values = node.value.elts[:1]
            codes |= {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}
    return {code for code in codes if re.fullmatch("[a-z0-9-]+", code)}


def test_every_message_has_a_case() -> None:
    shown = "".join(path.read_text() for path in BAD.glob("*.stderr"))
    missing = codes_in_source() - set(re.findall(r"\[([a-z0-9-]+)\]$", shown, re.MULTILINE))
    assert not missing


def test_every_expectation_has_a_case() -> None:
    made = {make.__name__.replace("_", "-") for make in MADE}
    known = {
        *SPECS,
        *OVERLAYS,
        *made,
        "doctor-blank",
        "name-twice",
        "changed-meanwhile",
        "full-disk",
        "read-only",
        "read-only-below",
    }
    assert {path.stem for path in BAD.glob("*.stderr") if not path.stem.startswith("trouble-")} == known
