# SPDX-License-Identifier: BSD-3-Clause
"""`.ci/tools.sh` tells which package it installs, of how many, and how long each took."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.unit.helpers import ROOT

LIST = """# a comment
one    SIGNS/one    brings itself and two
two    SIGNS/two
three  SIGNS/three
there  sh
four   SIGNS/four
"""
APT = """#!/bin/sh
[ "$1" = install ] || exit 0
for package; do :; done
case $package in
one) touch SIGNS/one SIGNS/two ;;
three) [ -e SIGNS/tried ] && touch SIGNS/three || { touch SIGNS/tried; exit 1; } ;;
four) echo "E: no package four"; exit 1 ;;
esac
"""


def tools(folder: Path, user: int, *wanted: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    """The script with a list of its own, an apt-get that the test has written, and this user id."""
    signs = folder / "signs"
    signs.mkdir(exist_ok=True)
    shutil.copy(ROOT / ".ci/tools.sh", folder)
    (folder / "packages.txt").write_text(LIST.replace("SIGNS", str(signs)))
    for name, text in (("apt-get", APT.replace("SIGNS", str(signs))), ("id", f"#!/bin/sh\necho {user}\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "CI": ci}
    return subprocess.run(
        ["sh", str(folder / "tools.sh"), *wanted], env=environment, capture_output=True, text=True, check=False
    )


def test_root_sees_each_package_with_its_seconds(tmp_path: Path) -> None:
    done = tools(tmp_path, 0, ci="true")
    assert re.sub(r"\d+ s$", "N s", done.stdout, flags=re.MULTILINE) == (
        "installing Debian package 1 of 4: one ... N s\n"
        "installing Debian package 3 of 4: three ... N s\n"
        "installing Debian package 4 of 4: four ... N s\n"
    )
    assert done.stderr == (
        "E: no package four\nmissing Debian packages: four (install them with: apt-get install four)\n"
    )
    assert done.returncode == 1


def test_a_user_gets_the_list_and_may_go_on(tmp_path: Path) -> None:
    done = tools(tmp_path, 1000, "two", "four", "there")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "missing Debian packages: two four (install them with: apt-get install two four)\n"
    assert tools(tmp_path, 1000, "there", ci="true").returncode == 0
