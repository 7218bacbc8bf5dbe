# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator.lab.conformance [PLAT...]`: what works on a platform, seen from outside of it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from .. import ROOT
from ..testbed import is_kvm, kvm, machine, with_kvm
from ..testbed.packages import PackageError
from . import junit, page, table
from .cells import Result
from .images import BuildError, Image, build
from .rows import Row, rows
from .runner import Runner


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    begin = time.monotonic()
    folder = options.output.absolute()  # make is run elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    try:
        wanted = _wanted(options, folder)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 2
    if not wanted:
        print("nothing to run: no machine is ready, or no check has that name", file=sys.stderr)
        return 2
    done: dict[Row, Result] = {}

    def tell(row: Row, result: Result) -> None:
        done[row] = result
        if result.status == "skip":
            return
        verdict = "ok  " if result.status == "pass" else "FAIL"
        reason = f"  {result.reason}" if result.reason else ""
        print(
            f"[{len(done):{len(str(len(wanted)))}}/{len(wanted)}] {verdict} {row.machine:17} {row.title:34}"
            f" {result.seconds:6.2f} s{reason}",
            flush=True,
        )

    def ended(row: Row, seconds: float) -> None:
        print(f"         {row.machine:17} {row.title:34} {seconds:6.2f} s, judged at the end", flush=True)

    try:
        results = Runner(tell, ended).run(wanted, options.jobs)
    except KeyboardInterrupt:
        print(f"\nbroken off after {len(done)} of {len(wanted)}", file=sys.stderr, flush=True)
        os._exit(130)  # takes the threads along; their emulators end with them
    seconds = time.monotonic() - begin
    print(table.text(results, seconds), end="")
    junit.write(results, folder / "junit.xml")
    (folder / "index.html").write_text(page.render(results, seconds))
    print(_about_kvm(wanted))
    print(f"report: {folder / 'index.html'}, {folder / 'junit.xml'}")
    return 1 if table.counts(results)[1] else 0


def _wanted(options: argparse.Namespace, folder: Path) -> list[Row]:
    found: list[Row] = []
    ready: dict[str, bool] = {}
    for platform in options.platforms or sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml")):
        image = _image(platform, folder)
        names = [name for name in with_kvm(image.machines) if fnmatchcase(name, options.machine)]
        for name in names:
            if name not in ready:
                ready[name] = _ready(name)
        found += rows(image, [name for name in names if ready[name]], folder)
    return [row for row in found if fnmatchcase(row.title.split(":")[0], options.check)]


def _about_kvm(wanted: Sequence[Row]) -> str:
    """Which of the results are those of a processor and not of an emulator."""
    if not any(is_kvm(row.machine) for row in wanted):
        return "KVM: not used" if kvm.works() else "KVM: none here, all processors were emulated"
    how = ", which emulates guests' kernels: no SSE in ring 0, no judgement of time" if kvm.emulates() else ""
    return f"KVM: {kvm.DEVICE} of this host{how}"


def _image(platform: str, folder: Path) -> Image:
    home = folder / "images" / Path(platform).stem
    (home / "built").unlink(missing_ok=True)  # generating and compiling again touches only what has changed
    print(f"building {platform}", flush=True)
    return build(platform, home)


def _ready(name: str) -> bool:
    """A machine that lacks something is left out, and told."""
    bed = machine(name)
    lacks = bed.missing()
    try:
        if not lacks:
            bed.prepare()
    except PackageError as error:
        lacks = [str(error)]
    if lacks:
        print(f"{name} is left out: missing {', '.join(lacks)}", file=sys.stderr, flush=True)
        if os.environ.get("CI") == "true":
            sys.exit(2)
    return not lacks


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator.lab.conformance", description=__doc__)
    parser.add_argument("platforms", nargs="*", metavar="PLAT", help="name or spec's path (all by default)")
    parser.add_argument("--machine", default="*", metavar="PATTERN", help="only these machines, such as 'qemu-*'")
    parser.add_argument("--check", default="*", metavar="PATTERN", help="only these checks, such as 'clock_*'")
    parser.add_argument("-j", dest="jobs", type=int, default=os.cpu_count() or 2, help="runs at a time")
    parser.add_argument("-o", dest="output", type=Path, default=ROOT / "build" / "conformance", metavar="DIR")
    return parser


if __name__ == "__main__":
    sys.exit(main())
