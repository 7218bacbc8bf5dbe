# SPDX-License-Identifier: BSD-3-Clause
"""How long a cold `gen` takes, beside cookiecutter rendering a tree of as many files of the same text.

Run by `make bench`. Every command is a process of its own; the commands alternate in a random order,
so that a busy moment of the machine meets all of them. There is no cache but Python's own of
its modules; each run writes a new folder. None is removed before the end: ext4 takes long to find a number for a
new file after it has lost many. The limits are those of docs/design.md: `gen` at most 0.16 s and at most 0.4 of
cookiecutter's time.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from generator.lab.conformance import need

ROOT = Path(__file__).parent.parent.parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "21"))
PLATFORM = "kvm"
GEN_SECONDS, GEN_RATIO = 0.16, 0.4
OUT = "OUT"  # stands for the folder of a run


def as_cookiecutter(tree: Path, template: Path) -> int:
    """The same files as a cookiecutter template, one variable in each; returns their number."""
    (template / "{{cookiecutter.name}}").mkdir(parents=True)
    (template / "cookiecutter.json").write_text(json.dumps({"name": PLATFORM, "layer": PLATFORM}))
    files = [path for path in sorted(tree.rglob("*")) if path.is_file()]
    for path in files:
        place = template / "{{cookiecutter.name}}" / path.relative_to(tree)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("/* {{cookiecutter.layer}} */\n{% raw %}" + path.read_text() + "{% endraw %}\n")
    return len(files)


def measure(commands: dict[str, list[str]], folder: Path) -> dict[str, list[float]]:
    """Seconds of each run of each command; OUT is a new folder each time."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for i in range(ROUNDS + 1):
        for name in random.sample(sorted(commands), len(commands)):
            out = str(folder / f"{name}-{i}")
            begin = time.perf_counter()
            done = subprocess.run(
                [out if word == OUT else word for word in commands[name]],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                check=False,
            )
            if i:  # the first round compiles Python files
                taken[name].append(time.perf_counter() - begin)
            assert done.returncode in (0, 1), name
    return taken


def test_gen_against_cookiecutter(tmp_path: Path) -> None:
    cookiecutter = shutil.which("cookiecutter", path=Path(sys.executable).parent)
    if cookiecutter is None:
        need.lacking("cookiecutter is missing: pip install .[bench]")
    platgen = [sys.executable, "-m", "generator"]
    tree, template = tmp_path / "tree", tmp_path / "template"
    subprocess.run([*platgen, "gen", PLATFORM, "-o", str(tree)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    count = as_cookiecutter(tree, template)
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "platgen --help": [*platgen, "--help"],
        "platgen list": [*platgen, "list"],
        "platgen check": [*platgen, "check", PLATFORM],
        "platgen gen": [*platgen, "gen", PLATFORM, "-o", OUT],
        "cookiecutter": [cookiecutter, "--no-input", "-o", OUT, str(template)],
    }
    taken = measure(commands, tmp_path)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    base = medians["cookiecutter"]
    print(f"\n{count} files, {ROUNDS} cold processes each\n")
    print(f"{'command':<24}{'median ms':>10}{'best ms':>10}{'of cookiecutter':>17}")
    for name, times in taken.items():
        print(f"{name:<24}{medians[name] * 1e3:>10.0f}{min(times) * 1e3:>10.0f}{medians[name] / base:>17.2f}")
    print(f"\nlimits for gen: median {GEN_RATIO} of cookiecutter, best {GEN_SECONDS * 1e3:.0f} ms (load only adds)")
    assert medians["platgen gen"] <= GEN_RATIO * base
    assert min(taken["platgen gen"]) <= GEN_SECONDS
