# SPDX-License-Identifier: BSD-3-Clause
"""Pytest as the matrix's runner: which cells, who builds their images, how workers share them, what is reported."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from ...diagnostics import BadInput
from .. import ROOT
from ..testbed import ALL, TestbedError, Xl, machine
from ..testbed.target import Target, read_target
from . import need
from .cells import Cell, Result, run_under_xl
from .declare import BadCheck
from .images import BuildError, Image, build
from .matrix import Entry, entries
from .report import Report

BuildImage = Callable[..., Image]
MATRIX = "test_matrix.py"
FOLDER = pytest.StashKey[Path]()
"""Where a reported run keeps its images and its report."""
ENTRIES = pytest.StashKey[list[Entry]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the matrix; -k and the rest of pytest's work as ever."""
    group = parser.getgroup("conformance", "platforms on machines")
    add = group.addoption
    add("--plat", action="append", default=[], metavar="PLAT", help="this spec, a name or a path; again for more")
    layers = "a folder with further layers; again for more"
    add("--templates", action="append", default=[], type=_folder, metavar="DIR", help=layers)
    add("--machine", default="*", metavar="PATTERN", help="only these machines, such as 'qemu-*'")
    add(
        "--check", default="*", metavar="PATTERN", help="only these checks or variants, such as 'clock_*' or 'sleep:10'"
    )
    add("--whole", action="store_true", help="also the cells that another one stands for, and KVM where it works")
    add("--report", metavar="DIR", help="a line for each cell; index.html and junit.xml in DIR, where images are kept")


def _folder(text: str) -> Path:
    return Path(text).absolute()


@pytest.hookimpl(tryfirst=True)  # pytest's own JUnit XML reads its option in the same hook
def pytest_configure(config: pytest.Config) -> None:
    """A bad spec or check ends the run here, once, and not in every worker."""
    config.addinivalue_line("markers", "tools(**needed): the test needs these tools, each with its Debian package")
    if not config.getoption("report"):
        return
    folder = config.stash[FOLDER] = Path(config.getoption("report")).absolute()
    if hasattr(config, "workerinput"):
        return
    try:
        config.stash[ENTRIES] = list(_entries(config))
    except (BadInput, BadCheck, TestbedError) as error:
        raise pytest.UsageError(str(error)) from None
    config.option.xmlpath = config.option.xmlpath or str(folder / "junit.xml")
    config.pluginmanager.register(Report(config, folder))


@pytest.hookimpl(tryfirst=True)  # before workers start
def pytest_sessionstart(session: pytest.Session) -> None:
    """Build what a reported run needs; generating and compiling again touches only what has changed."""
    for platform in dict.fromkeys(entry.platform for entry in session.config.stash.get(ENTRIES, [])):
        home = session.config.stash[FOLDER] / "images" / Path(platform).stem
        (home / "built").unlink(missing_ok=True)
        print(f"building {platform}", flush=True)
        try:
            build(platform, home, added=session.config.option.templates)
        except BuildError as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each cell."""
    if "entry" in metafunc.fixturenames:
        metafunc.parametrize("entry", list(_entries(metafunc.config)), ids=lambda entry: entry.id)


def _entries(config: pytest.Config) -> Iterator[Entry]:
    option = config.option
    every = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
    targets: list[tuple[str, Target]] = [
        (plat, read_target(plat, ROOT, option.templates)) for plat in option.plat or every
    ]
    for entry in entries(targets, option.whole):
        titles = (entry.case.title, entry.case.title.split(":")[0])
        if fnmatchcase(entry.machine, option.machine) and any(fnmatchcase(title, option.check) for title in titles):
            yield entry


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`@pytest.mark.tools(gcc="gcc")`."""
    for mark in item.iter_markers("tools"):
        need.tools(**mark.kwargs)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(pytestconfig, "workerinput") else base


@pytest.fixture(scope="session")
def bare(shared: Path, pytestconfig: pytest.Config) -> BuildImage:
    """Builds a spec's images at the bare level with all checks in them, once each: `bare(PLAT, cc="clang")`."""
    home = pytestconfig.stash.get(FOLDER, shared)
    known: dict[tuple[str, str], Image] = {}

    def get(platform: str, cc: str = "gcc") -> Image:
        if (platform, cc) not in known:
            need.tools(**{cc: cc, "ld": "binutils", "objcopy": "binutils", "make": "make"})
            name = Path(platform).stem
            folder = home / "images" / name if cc == "gcc" else shared / f"{name}-{cc}"
            known[platform, cc] = build(platform, folder, cc=cc, added=pytestconfig.getoption("templates"))
        return known[platform, cc]

    return get


def is_batched(name: str) -> bool:
    """Whether one boot of this machine serves many guests."""
    return isinstance(machine(name), Xl)


class Xens:
    """One boot of Xen with a Linux dom0, for all of its guests that this run selected."""

    def __init__(self, session: pytest.Session, bare: BuildImage, folder: Path) -> None:
        """Boot nothing yet."""
        self._session, self._bare, self._folder = session, bare, folder
        self._results: dict[str, Result] = {}

    def result(self, entry: Entry) -> Result:
        """What became of this guest; the first question boots Xen."""
        if not self._results:
            self._results = self._boot()
        return self._results[entry.id]

    def _boot(self) -> dict[str, Result]:
        asked = [item.callspec.params.get("entry") for item in self._session.items if hasattr(item, "callspec")]
        wanted = [entry for entry in asked if isinstance(entry, Entry) and is_batched(entry.machine)]
        found = [(entry, entry.cell(self._bare(entry.platform), self._folder)) for entry in wanted]
        batch = [(entry, cell) for entry, cell in found if isinstance(cell, Cell) and not cell.skipped]
        begin = time.monotonic()

        def ended(cell: Cell, seconds: float) -> None:
            self._say(f"         {cell.machine:17} {cell.variant.title:34} {seconds:6.2f} s, judged at the end")

        self._say(f"         {len(batch)} guests in one boot of Xen")
        results = run_under_xl([cell for _, cell in batch], ended)
        self._say(f"         Xen ended after {time.monotonic() - begin:.0f} s")
        return {entry.id: result for (entry, _), result in zip(batch, results, strict=True)}

    def _say(self, line: str) -> None:
        """To the terminal of a reported run, past pytest's capture; a worker has only its standard error for that."""
        if FOLDER in self._session.config.stash:
            with self._session.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
                print(line, file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def xens(request: pytest.FixtureRequest, bare: BuildImage, tmp_path_factory: pytest.TempPathFactory) -> Xens:
    """The guests of Xen's hosts, booted together."""
    return Xens(request.session, bare, tmp_path_factory.mktemp("xens"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Workers take the matrix cell by cell, guests that share a host together, and all other tests file by file."""
    if config.getoption("dist") not in ("load", "loadfile"):
        return None
    from xdist.scheduler import LoadScopeScheduling

    class CellByCell(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return CellByCell(config, log)


def scope_of(nodeid: str) -> str:
    """What one worker runs together with this test: its file, its cell, or all guests of its cell's host."""
    path, _, name = nodeid.partition("::")
    if Path(path).name != MATRIX:
        return path
    parts = name.split("/")
    return parts[1] if len(parts) > 2 and parts[1] in ALL and is_batched(parts[1]) else nodeid


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests a missing tool cost, and what to do about it."""
    kinds = ("skipped", "failed", "error")  # the last two in CI
    reports = [report for kind in kinds for report in terminalreporter.getreports(kind)]
    packages = [found for report in reports if (found := need.PACKAGE.findall(str(report.longrepr)))]
    if packages:
        names = " ".join(sorted({name for found in packages for name in found}))
        tests = f"{len(packages)} test{'s' if len(packages) > 1 else ''}"
        terminalreporter.section("missing tools")
        terminalreporter.line(f"{tests} not run for missing tools: apt-get install {names}")
