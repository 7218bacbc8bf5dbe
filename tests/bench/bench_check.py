# SPDX-License-Identifier: BSD-3-Clause
"""How long `check` takes over all platforms and core levels, and how that grows with their number.

Run by `make bench`. The project is a copy of this one's templates with 2 to 100 specs, made from its
own in turn under other names; each has its tree and the hashes of the levels that are not kept.
Every run is a process of its own. The limits: at most 0.5 s for two platforms, and 100 specs at most
50 times the cost of 2. Growth is judged by processor time, which a busy machine changes less than
it does the clock.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
COUNTS = (2, 25, 50, 100)
SECONDS = 0.5
TIMES = 50.0  # what 100 specs may cost, in costs of 2
BEND = 1.5  # how much dearer a spec may be among 100 than among 50


class Cost(NamedTuple):
    """Seconds of one run: by the clock, and of the processor."""

    clock: float
    processor: float


def make_project(root: Path, count: int) -> None:
    """`count` specs with all that a checkout has, generated."""
    shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "platforms").mkdir()
    own = sorted((ROOT / "platforms").glob("*.yaml"))
    names = [path.stem if i < len(own) else f"{path.stem}-{i}" for i in range(count) for path in [own[i % len(own)]]]
    for i, name in enumerate(names):
        path = own[i % len(own)]
        text = path.read_text().replace(f"name: {path.stem}\n", f"name: {name}\n", 1)
        (root / "platforms" / f"{name}.yaml").write_text(text)
    run(root, "gen", *names)


def run(root: Path, *arguments: str) -> Cost:
    """One process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "generator", arguments[0], "--root", str(root), *arguments[1:]]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return Cost(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def test_check_is_fast_and_grows_with_the_number(tmp_path: Path) -> None:
    costs: dict[int, list[Cost]] = {}
    for count in COUNTS:
        make_project(tmp_path / str(count), count)
    for _ in range(ROUNDS):
        for count in COUNTS:
            costs.setdefault(count, []).append(run(tmp_path / str(count), "check"))
    levels = len(list((ROOT / "templates/common/core").glob("*.yaml")))
    print(f"\n`check` over all platforms at {levels} core levels, {ROUNDS} cold processes each\n")
    print(f"{'specs':>6}{'median ms':>11}{'best ms':>9}{'processor ms':>14}{'of 2 specs':>12}")
    clock = {count: statistics.median(cost.clock for cost in costs[count]) for count in COUNTS}
    processor = {count: statistics.median(cost.processor for cost in costs[count]) for count in COUNTS}
    for count in COUNTS:
        best = min(cost.clock for cost in costs[count])
        times = processor[count] / processor[COUNTS[0]]
        print(f"{count:>6}{clock[count] * 1e3:>11.0f}{best * 1e3:>9.0f}{processor[count] * 1e3:>14.0f}{times:>12.1f}")
    assert min(cost.clock for cost in costs[2]) <= SECONDS
    assert processor[100] <= TIMES * processor[2]
    slopes = [(processor[b] - processor[a]) / (b - a) for a, b in ((2, 50), (50, 100))]
    assert slopes[1] <= BEND * slopes[0]
