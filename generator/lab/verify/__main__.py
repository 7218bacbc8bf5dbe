# SPDX-License-Identifier: BSD-3-Clause
"""Build with an unpatched Unikraft, boot on every machine, record: `python -m generator.lab.verify --unikraft DIR`.

`--monitor NAME=PROGRAM` does the same with bare images and a monitor itself, where KVM works.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ...load.spec import Scalar
from .. import ROOT
from ..testbed import TestbedError, machine
from .build import VARIANTS, Build, BuildError, Checkout, bare_image
from .monitors import REAL, boots, version
from .record import Entry, store
from .see import MACHINES, boot, initrd


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if all builds passed on all machines, 1 if one failed, 2 if none could be made."""
    options = _parser().parse_args(arguments)
    if options.table:
        store(())
        return 0
    try:
        return max(_round(options), _monitors(options))
    except (BuildError, TestbedError) as error:
        print(f"verify: {error}", file=sys.stderr)
        return 2


def _round(options: argparse.Namespace) -> int:
    for name in options.machine if options.unikraft else ():
        if lacks := machine(name).missing():
            raise TestbedError(f"{name} needs {', '.join(lacks)}")
    checkouts = [Checkout.look(path.resolve()) for path in options.unikraft]
    failures = 0
    for checkout in checkouts:
        print(f"Unikraft {checkout.release}, core level {checkout.level}: {checkout.path}", flush=True)
        builds: list[tuple[Build, Path]] = []
        for platform in options.platform:
            for compiler, variant in options.build:
                build = Build(checkout, platform, compiler, variant)
                try:
                    image = build.make(options.jobs)
                except BuildError as error:
                    failures += 1
                    print(f"  {platform} {compiler} {variant}: does not build: {error}", flush=True)
                    continue
                warnings = build.warnings()
                print(
                    f"  {platform} {compiler} {variant}: built, {len(warnings)} warnings about the platform", flush=True
                )
                builds.append((build, image))
        failures += _boot(builds, options)
        for build, _ in builds if not options.keep else ():
            shutil.rmtree(build.folder)
    return 1 if failures else 0


def _boot(builds: list[tuple[Build, Path]], options: argparse.Namespace) -> int:
    folder = ROOT / "build" / "verify"
    entries: list[Entry] = []
    for i, seen in boot([(build.platform, image) for build, image in builds], options.machine, folder):
        build = builds[i][0]
        print(
            f"  {build.platform} {build.compiler} {build.variant} on {seen.machine}: {seen.fault or 'passed'}",
            flush=True,
        )
        entries.append(
            {
                "release": build.checkout.release,
                "level": build.checkout.level,
                "platform": build.platform,
                "machine": seen.machine,
                "compiler": build.compiler,
                "variant": build.variant,
                "options": " ".join(f"CONFIG_{key}={value}" for key, value in build.options.items()),
                **_when(build.compiler, seen.host, seen.fault),
            }
        )
    if entries and not options.no_record:
        store(entries)
    return sum(entry["result"] != "passed" for entry in entries)


def _monitors(options: argparse.Namespace) -> int:
    """Boot the bare image of each platform that runs beside Xen, too, by each monitor."""
    folder = ROOT / "build" / "verify"
    entries: list[Entry] = []
    for name, program in options.monitor:
        host = version(name, program)
        for platform in options.platform:
            if not (image := bare_image(platform, folder, REAL[name].facts)):
                continue
            faults = []
            for step, fault in boots(name, program, platform, image, initrd(folder), folder):
                print(f"  {platform} bare on {host}, {step.what}: {fault or 'passed'}", flush=True)
                faults += [fault] if fault else []
            kind = {"release": "bare", "level": "bare", "platform": platform, "machine": name}
            kind |= {"compiler": "gcc", "variant": "plain", "options": _words(REAL[name].facts)}
            entries.append(kind | _when("gcc", host, "; ".join(faults)))
    if entries and not options.no_record:
        store(entries)
    return int(any(entry["result"] != "passed" for entry in entries))


def _words(facts: Mapping[str, tuple[str, ...] | Scalar]) -> str:
    """Facts as they stand in a spec."""
    shown = ((key, f"[{', '.join(value)}]" if isinstance(value, tuple) else value) for key, value in facts.items())
    return ", ".join(f"{key}: {value}" for key, value in shown)


def _when(compiler: str, host: str, fault: str) -> Entry:
    """The end of an entry: by what it was made, where and when it ran, what came of it."""
    return {
        "compiler-version": _version(compiler),
        "host": host,
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "result": fault or "passed",
    }


def _version(compiler: str) -> str:
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    return f"{compiler.partition('-')[0]} {re.findall(r'[0-9]+[.][0-9.]+', said.splitlines()[0])[-1]}"


def _build(text: str) -> tuple[str, str]:
    compiler, _, variant = text.partition("+")
    if (variant or VARIANTS[0]) not in VARIANTS:
        raise argparse.ArgumentTypeError(f"no variant {variant!r}; there are {', '.join(VARIANTS)}")
    return compiler, variant or VARIANTS[0]


def _monitor(text: str) -> tuple[str, str]:
    name, _, program = text.partition("=")
    found = shutil.which(program or name)
    if name not in REAL:
        raise argparse.ArgumentTypeError(f"no monitor {name!r}; there are {', '.join(REAL)}")
    if not found:
        raise argparse.ArgumentTypeError(f"no program {program or name!r}")
    return name, str(Path(found).absolute())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator.lab.verify", description=__doc__)
    parser.add_argument("--unikraft", type=Path, action="append", default=[], metavar="DIR", help="repeat for more")
    ours = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
    parser.add_argument("--platform", nargs="+", choices=ours, default=ours, metavar="PLAT")
    every = ", ".join(MACHINES)
    parser.add_argument("--machine", nargs="+", choices=MACHINES, default=MACHINES, metavar="NAME", help=every)
    text = "compilers, with +paging for Unikraft's page tables (default: gcc clang gcc+paging)"
    default = [("gcc", "plain"), ("clang", "plain"), ("gcc", "paging")]
    parser.add_argument("--build", nargs="+", type=_build, default=default, metavar="CC[+VARIANT]", help=text)
    text = f"boot bare images by a monitor: {', '.join(REAL)}"
    parser.add_argument("--monitor", nargs="+", type=_monitor, default=[], metavar="NAME[=PROGRAM]", help=text)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", action="store_true", help="leave the builds in build/verify/")
    parser.add_argument("--no-record", action="store_true", help="print the results, do not record them")
    parser.add_argument("--table", action="store_true", help="only write README's table from docs/verified.yaml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
