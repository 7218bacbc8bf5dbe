# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on the checkout's release: which core level fits it."""

from __future__ import annotations

from pathlib import Path

from tests.unit.doctor.standin import LEVEL, Examine, change
from tests.unit.helpers import Run


def test_release_of_later_months_goes_by_its_marks(uk: Path, examine: Examine) -> None:
    """What calls itself by the last release may already have the next interface."""
    old = uk.parent / "templates/common/core/0.20.yaml"
    old.write_text(LEVEL.replace("0.21.0", "0.20.0").replace("lib/ukboot/include", "lib/older"))
    change(uk / "version.mk", "21", "20")
    check = examine()["release"]
    assert check["verdict"] == "ok"
    assert check["text"] == "calls itself 0.20.0, and has the interface of core level 0.21 (0.21.0)"


def test_unknown_release_with_known_interface(uk: Path, examine: Examine) -> None:
    change(uk / "version.mk", "21", "22")
    check = examine()["release"]
    assert check["verdict"] == "ok"
    assert check["text"].startswith("0.22.0 is a release that this platgen does not know, and has the interface of")


def test_unknown_release_gets_the_nearest_level(uk: Path, examine: Examine) -> None:
    (uk.parent / "templates/common/core/0.18.yaml").write_text(LEVEL.replace("0.21.0", "0.18.0"))
    (uk / "lib/gone").mkdir()
    change(uk / "version.mk", "21", "30")
    check = examine()["release"]
    assert check["verdict"] == "problem"
    assert check["text"].endswith("the nearest core level is 0.21")
    assert check["details"] == ["lib/gone should not be there"]


def test_known_release_that_lacks_its_marks(uk: Path, examine: Examine) -> None:
    change(uk / "include/uk/plat/time.h", "ukplat_monotonic_clock", "ukplat_clock")
    check = examine()["release"]
    assert check["verdict"] == "problem"
    assert check["details"] == ["'ukplat_monotonic_clock' in include/uk/plat/time.h is missing"]


def test_level_that_is_asked_for_and_does_not_fit(uk: Path, examine: Examine) -> None:
    text = LEVEL.replace("0.21.0", "0.18.0").replace("path: lib/ukboot/include", "path: lib/older")
    (uk.parent / "templates/common/core/0.18.yaml").write_text(text)
    check = examine("--core", "0.18")["release"]
    assert check["verdict"] == "problem"
    assert check["text"].startswith("you asked for core level 0.18, but this checkout has level 0.21: ")
    assert check["details"] == ["lib/older is missing"]


def test_no_level_serves_a_release(uk: Path, run: Run) -> None:
    change(uk.parent / "templates/common/core/0.21.yaml", 'releases: ["0.21.0"]\n', "")
    result = run("doctor", "--unikraft", "unikraft", "small")
    assert (result.code, result.out) == (2, "")
    assert "no core level serves a release of Unikraft [no-release]" in result.err
