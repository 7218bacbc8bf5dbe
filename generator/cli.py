# SPDX-License-Identifier: BSD-3-Clause
"""The command line: arguments, exit codes, and nothing else.

Exit 0: done or same; 1: differs; 2: bad input, nothing written; 3: a fault of the generator itself.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from . import DEFAULT_LEVEL, VERSION

TRACEBACK = "PLATGEN_TRACEBACK"
NO_OUTPUT = "cannot write to standard output"


def run() -> NoReturn:
    """The process's way in."""
    gc.disable()  # a run is short, and most of it is imports: collecting takes a tenth of it
    is_closed = sys.stdout is None
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:  # else a file of ours would be what is printed to
        pass
    os.close(handle)
    sys.stdout, sys.stderr = sys.stdout or open(1, "w"), sys.stderr or open(2, "w")  # noqa: SIM115
    if is_closed:
        print(f"platgen: error: {NO_OUTPUT}: it is closed [no-output]\n1 error", file=sys.stderr)
        os._exit(2)
    code = main()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)  # taking the interpreter down in order takes a tenth of a run, too


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a locale may know less than UTF-8
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(_parser(arguments).parse_args(arguments))
        sys.stdout.flush()
        return code
    except SystemExit as end:  # argparse has printed what it had to say
        return _flushed(end.code if isinstance(end.code, int) else 2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away, as in `platgen diff kvm | head`
        _drop_output()
        return 141
    except Exception as error:
        return _failed(error)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return 141
    except OSError as error:
        _drop_output()
        print(_system_error(error), file=sys.stderr)
        return 2
    return code


def _drop_output() -> None:
    """Let nothing be printed any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: Exception) -> int:
    """Print what ended the run, and give its exit code."""
    from .diagnostics import BadInput, visible  # late: --help needs no messages

    if isinstance(error, BadInput):
        print(error, file=sys.stderr)
        return _flushed(2)
    if isinstance(error, OSError | MemoryError):
        print(_system_error(error), file=sys.stderr)
        with suppress(OSError):
            sys.stdout.flush()
        _drop_output()
        return 2
    if os.environ.get(TRACEBACK):
        raise error
    kind, text = type(error).__name__, visible(str(error))
    print(f"platgen: internal error: {kind}: {text} ({TRACEBACK}=1 shows where)", file=sys.stderr)
    return 3


def _system_error(error: OSError | MemoryError) -> str:
    """The machine's fault, not ours: what it says, and of what."""
    from .diagnostics import shown_path, visible

    if isinstance(error, MemoryError):
        return "platgen: error: out of memory [system]\n1 error"
    reason = visible(error.strerror or str(error))
    if error.filename is None:
        return f"platgen: error: {NO_OUTPUT}: {reason} [no-output]\n1 error"
    return f"{shown_path(Path(os.fsdecode(error.filename)))}: error: {reason} [system]\n1 error"


def _run(options: argparse.Namespace) -> int:
    if options.command == "schema" and options.which != "spec":  # before anything else is imported
        print((Path(__file__).parent / "load" / f"{options.which}.schema.json").read_text("utf-8"), end="")
        return 0
    if options.command == "completion":
        from . import completion

        print(completion.script(options.shell, COMMANDS, {name: _command_parser(name) for name in COMMANDS}), end="")
        return 0
    from .diagnostics import fail
    from .pipeline import Pipeline
    from .places import find_root

    try:
        os.getcwd()
    except OSError:
        fail("no-folder", None, "the current folder no longer exists", "change to an existing folder: cd /")
    pipeline = Pipeline((options.root or find_root()).absolute())
    if options.command in ("gen", "check", "diff"):
        from . import commands

        names = ("platforms", "level", "output", "force", "pretend", "verbose", "quiet")
        given = {name: getattr(options, name) for name in names if hasattr(options, name)}
        command = {"gen": commands.gen, "check": commands.check, "diff": commands.diff}[options.command]
        return command(pipeline, commands.Request(**given))
    if options.command == "doctor":
        from .doctor import command as doctor

        asked = {name: getattr(options, name) for name in doctor.Request._fields}
        return doctor.doctor(pipeline, doctor.Request(**asked))
    if options.command in ("schema", "docs"):
        from . import pages

        return pages.schema(pipeline) if options.command == "schema" else pages.docs(pipeline, pretend=options.pretend)
    if options.command == "explain" and options.html:
        from .browse.page import write_page

        return write_page(pipeline, options.platform, options.level, options.html)
    from . import reports

    if options.command == "list":
        return reports.list_platforms(pipeline, as_json=options.json)
    if options.command == "explain":
        return reports.explain(pipeline, options.platform, options.file, options.level)
    return reports.sharing(pipeline, options.one, options.other, options.level, options.at_least)


COMMANDS = {
    "gen": "write platform trees",
    "check": "compare trees with what gen would write (exit 1: they differ)",
    "diff": "show what gen --force would change (exit 1: there are changes)",
    "doctor": "check whether a platform fits a Unikraft checkout, without building an image (exit 1: no)",
    "list": "list the platforms",
    "explain": "show why a platform has its components, or where a file comes from",
    "schema": "print a JSON Schema, for editors",
    "sharing": "print the share of A's C and assembly lines that B contains byte for byte",
    "docs": "write docs/components.md and platforms/spec.schema.json from the manifests",
    "completion": "print a shell's completion script",
}
EXIT_CODES = "Exit status: 0 done, or same; 1 differs; 2 bad input, nothing written; 3 a fault of platgen itself."


class _Parser(argparse.ArgumentParser):
    """Its messages show what was typed, which may hold anything."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line."""
        from .diagnostics import visible

        super().error(visible(message))


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    """Build the parser of the command that is asked for; the others cost time and are only named in --help."""
    parser = _Parser(prog="platgen", description="Generate Unikraft platforms from YAML specs.", epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"platgen {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="platgen")
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    is_alone = wanted in COMMANDS and arguments[0] == wanted
    for name, summary in COMMANDS.items():
        if name == wanted or not is_alone:
            told = f"{summary[0].upper()}{summary[1:]}."
            sub = commands.add_parser(name, help=summary, description=told, epilog=EXIT_CODES)
            if name == wanted:
                _add_arguments(sub, name)
    return parser


def _command_parser(command: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"platgen {command}")
    _add_arguments(parser, command)
    return parser


def _add_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    add = parser.add_argument
    plat = "a name under platforms/, or the path of a spec"
    if command == "schema":
        add("which", nargs="?", default="spec", choices=("spec", "component", "level"))
    if command == "completion":
        add("shell", choices=("bash", "zsh", "fish"))
        return
    add("--root", type=Path, metavar="DIR", help="the platgen checkout (default: the nearest one from here upwards)")
    if command in ("gen", "check", "diff", "explain", "sharing"):
        text = f"core level, see templates/common/core (default {DEFAULT_LEVEL})"
        add("--core", dest="level", default=DEFAULT_LEVEL, metavar="LEVEL", help=text)
    if command in ("gen", "check", "diff"):
        several = ("+", plat) if command == "gen" else ("*", f"{plat}; all by default")
        add("platforms", nargs=several[0], metavar="PLAT", help=several[1])
        place = f"the tree's folder (default platforms/NAME for level {DEFAULT_LEVEL}, else build/NAME-LEVEL)"
        add("-o", dest="output", type=_one_folder, metavar="DIR", help=place)
    if command == "gen":
        add("-n", dest="pretend", action="store_true", help="print what gen would do, write nothing")
        add("--force", action="store_true", help="overwrite generated files that were edited by hand")
        add(
            "-v",
            dest="verbose",
            action="store_true",
            help="list every file, also unchanged ones and those of a new tree",
        )
    if command in ("gen", "check"):
        add("-q", dest="quiet", action="store_true", help="print only what is wrong")
    if command == "doctor":
        add("platform", metavar="PLAT", help=plat)
        add("--unikraft", type=_one_folder, metavar="DIR", required=True, help="the checkout; doctor only reads it")
        add("--tree", type=_one_folder, metavar="DIR", help="the platform's tree (default: where gen puts it)")
        add("--core", dest="level", metavar="LEVEL", help="core level (default: the one that fits the checkout)")
        add("--config", type=_one_folder, metavar="FILE", help="your .config (default: PLAT on, the rest as it comes)")
        add("--json", action="store_true", help="print JSON")
    elif command == "list":
        add("--json", action="store_true", help="print JSON")
    elif command == "explain":
        add("platform", metavar="PLAT", help=plat)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("file", metavar="FILE", nargs="?", help="a path in the tree")
        page = "write one page with the graph of components and all files beside their sources"
        which.add_argument("--html", type=_one_folder, metavar="PAGE", help=page)
    elif command == "sharing":
        add("one", metavar="A", help=plat)
        add("other", metavar="B", help=plat)
        add("--at-least", type=_percent, metavar="PERCENT", help="exit 1 if the share is smaller")
    elif command == "docs":
        add("-n", dest="pretend", action="store_true", help="write nothing; exit 1 if a file differs")


def _percent(text: str) -> float:
    with suppress(ValueError):
        if 0 <= float(text) <= 100:  # "nan" is a float, and not between any two
            return float(text)
    raise argparse.ArgumentTypeError("a share is a number from 0 to 100")


def _one_folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder cannot be empty")
    return Path(text)
