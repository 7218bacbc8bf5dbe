# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator.lab.conformance.soak N PLAT`: boot a platform N times; the first boot that differs ends it."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .. import ROOT
from ..testbed import Machine, Outcome, machine
from .images import BuildError, build

CMDLINE = 'check=memory_touch check=sleep:1 "two words"'
# What may differ from boot to boot: times, and rates that were measured.
VARIABLE = re.compile(r"\d+(?= kHz| ns\b)|(?<=at TSC )\d+")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if all boots were the same, 1 if one differed, 2 if none could be made."""
    parser = argparse.ArgumentParser(prog="python -m generator.lab.conformance.soak", description=__doc__)
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("platform", metavar="PLAT", help="name or spec's path")
    parser.add_argument("--machine", help="default: the spec's first machine")
    parser.add_argument("--templates", type=Path, action="append", default=[], metavar="DIR", help="further layers")
    parser.add_argument("-j", dest="jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    try:
        image = build(options.platform, ROOT / "build" / "soak" / Path(options.platform).stem, added=options.templates)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    if not (options.machine or image.machines):
        print(f"no machine fits the facts of {options.platform}; choose one with --machine", file=sys.stderr)
        return 2
    name = options.machine or image.machines[0]
    bed = machine(name)
    lacks = bed.missing()
    if lacks:
        print(f"{name}: missing {', '.join(lacks)}", file=sys.stderr)
        return 2
    bed.prepare()
    return soak(bed, image.fitting(name), options.count, options.jobs)


def soak(bed: Machine, image: Path, count: int, jobs: int) -> int:
    """Several at a time; the first boot is what all others are compared with."""
    begin = time.monotonic()
    first = bed.run(image, CMDLINE)
    if first.end != "poweroff":
        print(f"the first boot ended with {first.end}\n{first.text}", file=sys.stderr)
        return 1
    spent = [first.seconds]
    pool = ThreadPoolExecutor(jobs)
    try:
        for number, outcome in enumerate(pool.map(lambda _: bed.run(image, CMDLINE), range(count - 1)), 2):
            spent.append(outcome.seconds)
            if shape(outcome) != shape(first):
                print(f"boot {number} differs:", file=sys.stderr)
                sys.stderr.writelines(difflib.unified_diff(shape(first), shape(outcome), "boot 1", f"boot {number}"))
                return 1
            if not number % max(1, count // 20):
                print(f"{number}/{count} identical, {time.monotonic() - begin:.0f} s", flush=True)
    except KeyboardInterrupt:
        print(f"interrupted after {len(spent)} of {count}, all identical", file=sys.stderr, flush=True)
        os._exit(130)  # takes the threads along; their emulators end with them
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    spent.sort()
    print(
        f"{count} boots on {bed.name} are identical; seconds each: minimum {spent[0]:.3f},"
        f" median {spent[len(spent) // 2]:.3f}, maximum {spent[-1]:.3f}"
    )
    return 0


def shape(outcome: Outcome) -> list[str]:
    """End and console, without what time makes different."""
    return [f"end {outcome.end}\n", *VARIABLE.sub("N", outcome.text).splitlines(keepends=True)]


if __name__ == "__main__":
    sys.exit(main())
