# SPDX-License-Identifier: BSD-3-Clause
"""Boot time and size, by the figures in `budgets.json`."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from ...testbed import machine
from ...testbed.entry import entry_tsc
from ...testbed.qemu import Qemu
from .run import Run, Unjudged

BUDGETS = Path(__file__).parent.with_name("budgets.json")


def budget(run: Run) -> str:
    """Instructions from entry to main(), bytes and memory without the checks: a tenth over budgets.json at most."""
    known = json.loads(BUDGETS.read_text())
    size = f"{run.image.stem} bytes"
    if size not in known:
        raise Unjudged(f"{BUDGETS.name} has no '{size}'")
    objects = [str(path) for path in run.image.parent.glob("*.o") if not path.name.startswith("check_")]
    table = subprocess.run(["size", "-t", *objects], capture_output=True, text=True, check=True).stdout
    text, data, bss = map(int, table.splitlines()[-1].split()[:3])
    found = re.search(r"main\(\) at TSC (\d+)", run.outcome.text)
    figures = {size: text + data, f"{run.image.stem} memory": text + data + bss}
    bed = machine(run.outcome.machine)
    if run.variant.counted and isinstance(bed, Qemu):
        before = entry_tsc(bed.with_options(icount=True), run.image)
        figures[f"{bed.name} instructions"] = int(found[1]) - before if found else 0
    over = [
        f"{name}: {value}, {known.get(name, 0)} in budgets.json"
        for name, value in figures.items()
        if value > 1.1 * known.get(name, 0)
    ]
    return "; ".join(over)
