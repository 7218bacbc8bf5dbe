# SPDX-License-Identifier: BSD-3-Clause
"""The command line: arguments, exit codes, and nothing else.

Exit 0: done or same; 1: differs; 2: bad input, nothing written; 3: a fault of the generator itself.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

from generator import DEFAULT_LEVEL

TRACEBACK = "PLATGEN_TRACEBACK"


def run() -> NoReturn:
    """The process's way in."""
    gc.disable()  # a run is short, and most of it is imports: collecting takes a tenth of it
    sys.exit(main())


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code = _run(options)
        sys.stdout.flush()
        _save_cache()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away, as in `platgen diff kvm | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        from generator.diagnostics import BadInput  # late: --help needs no messages

        if isinstance(error, BadInput):
            print(error, file=sys.stderr)
            return 2
        if os.environ.get(TRACEBACK):
            raise
        kind = type(error).__name__
        print(f"platgen: internal error: {kind}: {error} ({TRACEBACK}=1 shows where)", file=sys.stderr)
        return 3


def _run(options: argparse.Namespace) -> int:
    if options.command == "schema":  # before anything else is imported
        print((Path(__file__).parent / f"{options.which}.schema.json").read_text(), end="")
        return 0
    from generator.project import Project

    project = Project((options.root or find_root()).absolute())
    if options.command in ("gen", "check", "diff"):
        from generator import commands

        names = ("platforms", "level", "output", "force", "pretend", "verbose")
        given = {name: getattr(options, name) for name in names if hasattr(options, name)}
        command = {"gen": commands.gen, "check": commands.check, "diff": commands.diff}[options.command]
        return command(project, commands.Request(**given))
    from generator import reports

    if options.command == "list":
        return reports.list_platforms(project, as_json=options.json)
    if options.command == "explain":
        return reports.explain(project, options.platform, options.file, options.level)
    if options.command == "sharing":
        return reports.sharing(project, options.one, options.other, options.level, options.at_least)
    return reports.docs(project, pretend=options.pretend)


def _save_cache() -> None:
    if "generator.cache" in sys.modules:
        from generator.cache import checked

        checked().save()


def find_root() -> Path:
    """The checkout: the nearest folder at or above the current one, else the generator's own."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "templates" / "levels").is_dir() and (folder / "platforms").is_dir():
            return folder
    return Path(__file__).resolve().parent.parent


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="platgen", description="Make a Unikraft platform from a YAML spec.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.add_argument("--root", type=Path, metavar="DIR", help="the checkout (default: found from here upwards)")
        return sub

    def core(sub: argparse.ArgumentParser) -> None:
        text = f"core level, see templates/levels (default {DEFAULT_LEVEL})"
        sub.add_argument("--core", dest="level", default=DEFAULT_LEVEL, metavar="LEVEL", help=text)

    plat = "a name below platforms/, or the path of a spec"
    for name, summary in (
        ("gen", "write platform trees"),
        ("check", "say whether trees are as gen would write them (exit 1: no)"),
        ("diff", "show what gen --force would change (exit 1: something)"),
    ):
        sub = command(name, summary)
        all_ = "" if name == "gen" else "; all by default"
        sub.add_argument("platforms", nargs="+" if name == "gen" else "*", metavar="PLAT", help=plat + all_)
        place = f"the tree's folder (default platforms/NAME for level {DEFAULT_LEVEL}, else build/NAME-LEVEL)"
        sub.add_argument("-o", dest="output", type=_one_folder, metavar="DIR", help=place)
        core(sub)
        if name == "gen":
            sub.add_argument("-n", dest="pretend", action="store_true", help="say what would be done, write nothing")
            sub.add_argument("--force", action="store_true", help="give up edits made by hand to generated files")
            sub.add_argument("-v", dest="verbose", action="store_true", help="name unchanged files too")
    sub = command("list", "list the platforms")
    sub.add_argument("--json", action="store_true", help="for machines")
    sub = command("explain", "say why a platform has its components, or where a file comes from")
    sub.add_argument("platform", metavar="PLAT", help=plat)
    sub.add_argument("file", metavar="FILE", nargs="?", help="a path in the tree")
    core(sub)
    sub = commands.add_parser("schema", help="print a JSON Schema", description="Print a JSON Schema, for editors.")
    sub.add_argument("which", nargs="?", default="spec", choices=("spec", "component", "level"))
    sub = command("sharing", "print the share of A's C and assembly lines that stand in B byte for byte")
    sub.add_argument("one", metavar="A", help=plat)
    sub.add_argument("other", metavar="B", help=plat)
    sub.add_argument("--at-least", type=float, metavar="PERCENT", help="exit 1 when the share is smaller")
    core(sub)
    sub = command("docs", "write docs/components.md from the manifests")
    sub.add_argument("-n", dest="pretend", action="store_true", help="write nothing; exit 1 when it differs")
    return parser


def _one_folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty name is no folder")
    return Path(text)
