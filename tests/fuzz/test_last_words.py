# SPDX-License-Identifier: BSD-3-Clause
"""An exception ends with text whatever a user leaves out of the core: its log, its consoles, their drivers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common, plant

FOLDERS = common("boot", "console", "core-contract", "core-uk", "memory-map", "power")
EARLY = {"0.17": "core-uk017", "0.18": "core-uk-early", "0.20": "core-uk-early", "0.21": "core-uk-early"}


def run(level: str, log: bool, console: bool, drivers: int, folder: Path, templates: Path = TEMPLATES) -> str:
    """What is wrong with the last words of a core that is configured so."""
    need.tools(gcc="gcc")
    symbols = {
        "LIBUKDEBUG_PRINTK": log and level != "0.21",
        "LIBUKPRINT_PRINTK": log and level == "0.21",
        "LIBUKCONSOLE": console and level != "0.17",
    }
    program = folder / "last_words"
    command = ["gcc", "-g", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"]
    command += [f"-DCONFIG_{name}=1" for name, on in symbols.items() if on]
    command += ['-DCONFIG_UK_NAME="k"', "-DCONFIG_LIBUKBOOT_CMDLINE_MAX_LEN=64"]
    command += [f'-DCORE_EARLY="core/{EARLY[level]}/core_early.c"', f"-I{templates / 'common'}", f"-I{HERE / 'core'}"]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    subprocess.run([*command, str(HERE / "last_words.c"), "-o", str(program)], check=True)
    done = subprocess.run([str(program), str(drivers)], capture_output=True, text=True, timeout=60, check=False)
    assert bool(done.returncode) == bool(done.stderr)
    return done.stderr


@pytest.mark.parametrize("level", EARLY)
@pytest.mark.parametrize("log", [True, False], ids=["log", "no-log"])
@pytest.mark.parametrize(
    ("console", "drivers"), [(True, 1), (True, 0), (False, 0)], ids=["driver", "no-driver", "no-console"]
)
def test_last_words_are_shown_once(level: str, log: bool, console: bool, drivers: int, tmp_path: Path) -> None:
    if level == "0.17":
        drivers = 1  # its consoles are the platform's, always there
    assert not run(level, log, console, drivers, tmp_path)


@pytest.mark.parametrize("level", EARLY)
def test_a_log_that_is_left_out_and_believed_in_is_found(level: str, tmp_path: Path) -> None:
    old, new = "if (core_log_shows)", "if (core_log_shows |= true)"
    templates = plant((*FOLDERS, *common(EARLY[level])), "common/core/core-uk/core_log.c", old, new, tmp_path)
    assert "not shown: exception 6" in run(level, False, True, 1, tmp_path, templates)
