# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator.lab.testbed run --on MACHINE IMAGE`: run a guest, show its console and its end."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from .. import ROOT
from . import ALL, TestbedError, machine
from .ends import ended_well
from .outcome import Outcome
from .packages import PackageError
from .target import read_target


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if the guest ended well, 1 if not, 2 if it could not be started."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was begun is cleared away
    if options.verb == "list":
        for name, bed in ALL.items():
            lacks = bed.missing()
            print(f"{name:18} {'missing: ' + ', '.join(lacks) if lacks else 'ready'}")
        return 0
    try:
        return _run(options)
    except (TestbedError, PackageError) as error:
        print(f"testbed: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    bed = machine(options.on)
    lacks = bed.missing()
    if lacks:
        raise TestbedError(f"{bed.name} needs {', '.join(lacks)}")
    missing_files = [str(path) for path in (options.image, *options.initrd) if not path.is_file()]
    if missing_files:
        raise TestbedError(f"no such file: {', '.join(missing_files)}")
    outcome = bed.run(
        options.image, options.cmdline, options.initrd, options.memory, options.limit, options.qemu_option
    )
    _show(outcome, options.log)
    ends = read_target(options.spec, ROOT).ends if options.spec else None
    return 0 if ended_well(outcome, ends, is_bare=True) else 1


def _show(outcome: Outcome, with_log: bool) -> None:
    print(outcome.text, end="" if outcome.text.endswith("\n") else "\n")
    if with_log or outcome.end == "failed":
        print(f"---- log\n{outcome.log}", file=sys.stderr)
    status = "" if outcome.status is None else f" with status {outcome.status}"
    print(f"---- {outcome.machine}: {outcome.end}{status} after {outcome.seconds:.2f} s ({outcome.detail})")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator.lab.testbed", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="list the machines and their missing tools")
    run = verbs.add_parser("run", help="run one image; exit 0 if it powered off")
    run.add_argument("image", type=Path)
    run.add_argument("--on", required=True, choices=list(ALL), metavar="MACHINE", help=", ".join(ALL))
    run.add_argument("--spec", metavar="PLAT", help="the image's platform, which may be unable to power off")
    run.add_argument("--cmdline", default="")
    run.add_argument("--initrd", type=Path, action="append", default=[], help="repeat for more modules")
    run.add_argument("--memory", type=int, default=64, metavar="MIB")
    run.add_argument("--limit", type=float, default=20.0, metavar="SECONDS")
    run.add_argument("--log", action="store_true", help="also show what the host recorded")
    run.add_argument("--qemu-option", action="append", default=[], help="passed to QEMU unchanged")
    return parser


if __name__ == "__main__":
    sys.exit(main())
