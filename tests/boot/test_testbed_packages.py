# SPDX-License-Identifier: BSD-3-Clause
"""The package cache: filled once, safe against company and against a kill."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from generator.lab.conformance import need
from generator.lab.testbed import packages
from generator.lab.testbed.packages import PackageError, Selection, unpack

SELECTION = Selection("demo", ("demo",), keep=("usr/bin/*",))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLATGEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A package of our own, where the stand-in for apt-get finds it."""
    need.tools(**{"dpkg-deb": "dpkg"})
    root = tmp_path / "root"
    (root / "DEBIAN").mkdir(parents=True)
    (root / "DEBIAN/control").write_text(
        "Package: demo\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: demo\n"
    )
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/share").mkdir()
    (root / "usr/share/unwanted").write_text("no")
    (root / "usr/bin/tool").write_text("#!/bin/sh\n")
    (root / "usr/bin/tool").chmod(0o755)
    (root / "usr/bin/second-name").hardlink_to(root / "usr/bin/tool")
    (root / "usr/bin/link").symlink_to("tool")
    subprocess.run(["dpkg-deb", "--build", root, tmp_path / "demo.deb"], check=True, stdout=subprocess.DEVNULL)
    stand_in = tmp_path / "bin"
    stand_in.mkdir()
    for name, text in {
        "apt-get": "case $* in *--print-uris*) echo \"'file:/demo.deb' demo.deb 12000000 SHA256:0\" ;; "
        f"*download*) echo x >>{tmp_path}/downloads; sleep 0.2; cp {tmp_path}/demo.deb . ;; esac",
        "apt-cache": "true",
    }.items():
        (stand_in / name).write_text(f"#!/bin/sh\n{text}\n")
        (stand_in / name).chmod(0o755)
    return stand_in


def test_only_the_wanted_files_are_kept(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(archive), prepend=os.pathsep)
    tree = unpack(SELECTION)
    assert sorted(str(path.relative_to(tree)) for path in tree.rglob("*") if not path.is_dir()) == [
        "PACKAGES",
        "usr/bin/link",
        "usr/bin/second-name",
        "usr/bin/tool",
    ]
    assert os.access(tree / "usr/bin/tool", os.X_OK)
    assert (tree / "usr/bin/link").readlink() == Path("tool")
    assert (tree / "PACKAGES").read_text() == "demo.deb\n"


def test_the_first_run_tells_what_takes_a_while_and_how_long(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(archive), prepend=os.pathsep)
    unpack(SELECTION)
    told = capsys.readouterr().err
    assert re.fullmatch(
        r"testbed: downloading Debian packages for demo \(1, 12 MB\) \.\.\. \d+ s\n"
        r"testbed: unpacking them for demo \.\.\. \d+ s\n",
        told,
    ), told
    unpack(SELECTION)
    assert capsys.readouterr() == ("", "")


def test_processes_at_once_download_once(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(archive), prepend=os.pathsep)
    program = textwrap.dedent("""
        from generator.lab.testbed.packages import Selection, unpack
        print((unpack(Selection("demo", ("demo",), keep=("usr/bin/*",))) / "usr/bin/tool").read_text())
    """)
    runs = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)]
    assert [run.communicate(timeout=30)[0] for run in runs] == [b"#!/bin/sh\n\n"] * 4
    assert (tmp_path / "downloads").read_text() == "x\n"


def test_what_a_killed_run_left_is_swept_away(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(archive), prepend=os.pathsep)
    half = tmp_path / "cache/testbed/.tmp-half/usr/bin"
    half.mkdir(parents=True)
    (half / "tool").write_text("half")
    assert (unpack(SELECTION) / "usr/bin/tool").read_text() == "#!/bin/sh\n"
    assert sorted(path.name for path in (tmp_path / "cache/testbed").iterdir()) == [".lock", SELECTION.key()]


def test_failed_download_names_the_package_and_leaves_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "apt-get").write_text("#!/bin/sh\necho 'E: Unable to locate package demo' >&2\nexit 100\n")
    monkeypatch.setenv("PATH", str(archive), prepend=os.pathsep)
    with pytest.raises(PackageError, match="Debian packages demo: E: Unable to locate package demo"):
        unpack(SELECTION)
    assert [path.name for path in (tmp_path / "cache/testbed").iterdir()] == [".lock"]


def test_machine_without_apt_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackageError, match=r"cannot fetch demo: missing apt-get \(Debian package apt\)"):
        unpack(SELECTION)
    assert packages.missing()
    assert shutil.which("apt-get") is None


def test_cache_folder_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLATGEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert packages.cache_dir() == Path("/somewhere/platgen/testbed")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/user")
    assert packages.cache_dir() == Path("/home/user/.cache/platgen/testbed")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("./bin/busybox", "usr/bin/busybox"),
        ("./lib64/ld-linux-x86-64.so.2", "usr/lib64/ld-linux-x86-64.so.2"),
        ("./usr/bin/busybox", "usr/bin/busybox"),
        ("./boot/vmlinuz", "boot/vmlinuz"),
        ("./library/x", "library/x"),
    ],
)
def test_paths_are_those_of_a_merged_usr(name: str, place: str) -> None:
    assert packages.merged(name) == place
