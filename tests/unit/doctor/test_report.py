# SPDX-License-Identifier: BSD-3-Clause
"""`doctor`'s report, and what it leaves alone."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from generator.progress import Phase
from tests.unit.doctor.standin import NAMES, Examine, change, needs_tools
from tests.unit.documents import read, read_sarif
from tests.unit.helpers import Run, snapshot


@needs_tools
def test_all_is_well(uk: Path, run: Run) -> None:
    result = run("doctor", "--unikraft", "unikraft", "small")
    assert result.out == (
        "Unikraft 0.21.0 (Small) in unikraft\n"
        "ok       release    0.21.0 is served by core level 0.21, and has its 3 marks\n"
        "ok       tree       platforms/small is for core level 0.21, 12 files as generated\n"
        "ok       kconfig    no warnings beyond the checkout's 0; PLAT_SMALL is on\n"
        "ok       names      Unikraft 0.21.0 has all 2 symbols that Config.uk names\n"
        "ok       collisions no symbol is defined twice; small and libsmallplat are free\n"
        "ok       options    1 option of the platform can be reached in the menu\n"
        "ok       headers    all 8 files of the platform and 2 of Unikraft's compile:"
        " gcc, with the defaults and with SMALL_DEBUG on\n"
        "ok       provides   all 4 symbols that Unikraft takes from the platform exist, as declared\n"
        "ok       needs      all 2 symbols that the platform takes from Unikraft exist, as declared\n"
        "small at core level 0.21 fits Unikraft 0.21.0\n"
    )
    assert result.code == 0


@needs_tools
def test_a_person_who_waits_sees_what_is_done_and_how_far_it_is(
    uk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Phase, "tell", lambda phase, note: told.append(f"{phase.what}: {note}"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    plain = run("doctor", "--unikraft", "unikraft", "small")
    assert "\r\033[Kcompiling ... 0 s" in plain.err
    assert plain.err.endswith("\r\033[K")
    assert "\033" not in plain.out
    count = len(told)
    assert count > 10
    assert set(told) == {f"compiling: {done} of {count} files" for done in range(1, count + 1)}
    assert run("doctor", "--unikraft", "unikraft", "small", "--json").err == ""


@needs_tools
def test_json_names_every_check(examine: Examine) -> None:
    checks = examine()
    assert tuple(checks) == NAMES
    assert {check["verdict"] for check in checks.values()} == {"ok"}


@needs_tools
def test_checkout_is_only_read(uk: Path, examine: Examine) -> None:
    """Not a byte and not a date changes, and nothing can: the folder is read-only."""
    places = [uk, *uk.rglob("*")]
    before = snapshot(uk), [place.stat().st_mtime_ns for place in places]
    for place in places:
        place.chmod(place.stat().st_mode & ~0o222)
    examine()
    assert (snapshot(uk), [place.stat().st_mtime_ns for place in places]) == before
    for place in places:
        place.chmod(place.stat().st_mode | 0o200)


@pytest.mark.parametrize(("tools", "text"), [((), "no GNU make"), (("make",), "neither gcc nor clang")])
def test_missing_tools_are_named(
    uk: Path, examine: Examine, monkeypatch: pytest.MonkeyPatch, tools: tuple[str, ...], text: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, *rest: name if name in tools else None)
    check = examine()["headers"]
    assert (check["verdict"], text in check["text"]) == ("skipped", True)


def test_git_is_asked_without_locks(uk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (uk / ".git").write_text("gitdir: nowhere\n")  # git fails: the checks go on
    assert run("doctor", "--unikraft", "unikraft", "small").out.count("Unikraft 0.21.0 (Small) in unikraft\n") == 1


def test_long_list_is_cut(uk: Path, run: Run) -> None:
    for name in ("core.c", "time.c", "quiet.c", "entry.S", "machine.c", "power.c", "clock_a.c"):
        (uk.parent / "platforms/small" / name).unlink()
    assert "... and 2 more (--format json has all)" in run("doctor", "--unikraft", "unikraft", "small").out


def test_every_format_tells_the_problems(uk: Path, run: Run, examine: Examine) -> None:
    for name in ("core.c", "time.c", "quiet.c", "entry.S", "machine.c", "power.c", "clock_a.c"):
        (uk.parent / "platforms/small" / name).unlink()
    command = ("doctor", "--unikraft", "unikraft", "small", "--format")
    checks = {check["name"]: check for check in read(run(*command, "json"))["checks"]}
    assert checks == examine()
    assert (checks["tree"]["verdict"], len(checks["tree"]["details"])) == ("problem", 7)
    sarif = read_sarif(run(*command, "sarif"))
    wrong = [f"doctor-{name}" for name, check in checks.items() if check["verdict"] == "problem"]
    skipped = [f"doctor-{name}" for name, check in checks.items() if check["verdict"] == "skipped"]
    assert [result["ruleId"] for result in sarif["results"]] == wrong
    (tree,) = (result for result in sarif["results"] if result["ruleId"] == "doctor-tree")
    assert tree["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "platforms/small.yaml"
    assert all(line in tree["message"]["text"].splitlines() for line in checks["tree"]["details"])
    notices = sarif["invocations"][0]["toolExecutionNotifications"]
    assert skipped
    assert [(notice["descriptor"]["id"], notice["level"]) for notice in notices] == [(s, "note") for s in skipped]


def test_a_checkout_that_is_none_is_told_in_every_format(uk: Path, run: Run) -> None:
    command = ("doctor", "--unikraft", "unikraf", "small", "--format")
    (error,) = read(run(*command, "json"))["errors"]
    assert (error["code"], error["path"], error["hint"]) == ("no-checkout", "unikraf", "did you mean 'unikraft'?")
    (result,) = read_sarif(run(*command, "sarif"))["results"]
    assert result["ruleId"] == "no-checkout"


def test_details_about_a_line_are_told_at_that_line(uk: Path, run: Run, examine: Examine) -> None:
    """Of the tree that is there; one that doctor has written for itself is gone when somebody looks."""
    change(uk / "drivers/Config.uk", "config OUTSIDE", "config OUTSIDER")
    place = {"detail": "OUTSIDE, in Config.uk line 5", "path": "platforms/small/Config.uk", "line": 5}
    assert examine()["names"]["places"] == [place]
    command = ("doctor", "--unikraft", "unikraft", "small")
    assert "platforms/small/Config.uk:5: OUTSIDE, in Config.uk line 5\n" in run(*command).out
    results = read_sarif(run(*command, "--format", "sarif"))["results"]
    (found,) = (result["locations"] for result in results if result["ruleId"] == "doctor-names")
    assert found[0]["physicalLocation"]["artifactLocation"]["uri"] == "platforms/small/Config.uk"
    assert found[0]["physicalLocation"]["region"]["startLine"] == 5
    shutil.rmtree(uk.parent / "platforms/small")
    assert examine()["names"]["places"] == []


@needs_tools
def test_what_does_not_compile_is_told_at_its_line(uk: Path, examine: Examine) -> None:
    change(uk / "include/uk/plat/time.h", "unsigned long ukplat_monotonic_clock", "unknown_t ukplat_monotonic_clock")
    (place,) = examine()["headers"]["places"]
    assert (place["path"], "unknown_t" in place["detail"]) == ("unikraft/include/uk/plat/time.h", True)
