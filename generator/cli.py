# SPDX-License-Identifier: BSD-3-Clause
"""Early stand-in: gen only."""

import argparse
import sys
from pathlib import Path


def main() -> int:
    """Gen only."""
    parser = argparse.ArgumentParser(prog="platgen")
    sub = parser.add_subparsers(dest="command", required=True)
    gen = sub.add_parser("gen")
    gen.add_argument("plat", nargs="+")
    gen.add_argument("-o", dest="output", type=Path)
    gen.add_argument("--core", default="0.21")
    gen.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    a = parser.parse_args()
    from generator.diagnostics import BadInput
    from generator.project import Project

    project = Project(a.root.absolute())
    try:
        specs = project.specs(a.plat)
        level = project.level(a.core)
        project.found.stop_if_any()
        assert level
        plans = [project.plan(spec, level) for spec in specs]
        project.found.stop_if_any()
        done = [project.render(plan) for plan in plans if plan]
        project.found.stop_if_any()
    except BadInput as bad:
        print(bad, file=sys.stderr)
        return 2
    for r in done:
        out = a.output or project.root / "build" / f"{r.plan.spec.name}-{r.plan.level.name}"
        for path, data in r.tree.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(data)
        print(f"{out}: {len(r.tree)} files")
    return 0
