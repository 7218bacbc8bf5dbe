# SPDX-License-Identifier: BSD-3-Clause
"""A missing tool is named with its package: a skip for a person, a failure in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.testbed import ALL, TestbedError, machine
from generator.lab.testbed.__main__ import main


@pytest.fixture
def bare_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("bare_path")
@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("like-")])
def test_missing_tools_are_named_with_their_packages(name: str) -> None:
    told = machine(name).missing()
    assert told[0] == "qemu-system-x86_64 (Debian package qemu-system-x86)"
    if "xen" in name or name == "xl":
        assert "dpkg-deb (Debian package dpkg)" in told


@pytest.mark.usefixtures("bare_path")
def test_person_gets_a_skip_and_ci_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="qemu-pc: missing qemu-system-x86_64 "):
        need.ready("qemu-pc")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="qemu-pc: missing qemu-system-x86_64 "):
        need.ready("qemu-pc")
    with pytest.raises(pytest.fail.Exception, match=r"missing gcc \(Debian package gcc\)"):
        need.tools(gcc="gcc")


@pytest.mark.usefixtures("bare_path")
def test_command_line_says_it_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = tmp_path / "image"
    image.touch()
    assert main(["run", "--on", "qemu-pc", str(image)]) == 2
    assert capsys.readouterr().err == ("testbed: qemu-pc needs qemu-system-x86_64 (Debian package qemu-system-x86)\n")
    assert main(["list"]) == 0
    assert "qemu-pc            missing: qemu-system-x86_64 (" in capsys.readouterr().out


def test_no_such_image(capsys: pytest.CaptureFixture[str]) -> None:
    need.ready("qemu-pc")
    assert main(["run", "--on", "qemu-pc", "/nowhere/image"]) == 2
    assert capsys.readouterr().err == "testbed: no such file: /nowhere/image\n"


def test_no_such_machine() -> None:
    with pytest.raises(TestbedError, match="no machine 'vax'; there are qemu-microvm, "):
        machine("vax")
