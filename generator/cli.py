# SPDX-License-Identifier: BSD-3-Clause
"""The command line: what runs, exit codes, and nothing else.

Exit 0: done or same; 1: differs; 2: bad input, nothing written; 3: a fault of the generator itself.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .parser import COMMANDS, command_parser, parser_of

if TYPE_CHECKING:
    from .diagnostics import Diagnostics, Location
    from .formats.document import Format
    from .pipeline import Pipeline

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
    options = argparse.Namespace()
    try:
        code = _run(parser_of(arguments).parse_args(arguments, options))
        sys.stdout.flush()
        return code
    except SystemExit as end:  # argparse has printed what it had to say
        for note in getattr(end, "__notes__", ()):
            _show_usage_error(arguments, note)
        return _flushed(end.code if isinstance(end.code, int) else 2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away, as in `platgen diff kvm | head`
        _drop_output()
        return 141
    except Exception as error:
        return _failed(error, options)


def _show_usage_error(arguments: list[str], message: str) -> None:
    """A program that asked for a format gets one in any case; options are not known yet."""
    words = {f"{one}={other}" for one, other in pairwise(arguments) if one == "--format"}.union(arguments)
    form: Format = "sarif" if "--format=sarif" in words else "json"
    if words & {"--json", "--format=json", "--format=sarif"}:
        from .formats.document import show_failure

        command = next((word for word in arguments if word in COMMANDS), None)
        show_failure(form, command, 2, _one_error("usage", None, message))


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


def _failed(error: Exception, options: argparse.Namespace | None = None) -> int:
    """Print what ended the run, in the format that was asked for, and give the exit code."""
    from .color import complain  # late: --help needs no messages
    from .diagnostics import BadInput, visible

    has_output = not isinstance(error, OSError) or error.filename is not None
    if isinstance(error, OSError | MemoryError):
        found, code = _system_error(error), 2
    elif isinstance(error, BadInput):
        found, code = error.found, 2
    elif os.environ.get(TRACEBACK):
        raise error
    else:
        text = f"{type(error).__name__}: {visible(str(error))} ({TRACEBACK}=1 shows where)"
        found, code = _one_error("internal", None, text), 3
    form: Format = getattr(options, "format", "text")
    if options and form in ("json", "sarif") and has_output:
        from .formats.document import show_failure

        with suppress(OSError):  # flushing tells it
            show_failure(form, options.command, code, found)
        return _flushed(code)
    complain(f"platgen: internal error: {text}" if code == 3 else found)
    if not isinstance(error, OSError | MemoryError):
        return _flushed(code)
    with suppress(OSError):
        sys.stdout.flush()
    _drop_output()
    return code


def _system_error(error: OSError | MemoryError) -> Diagnostics:
    """The machine's fault, not ours: what it says, and of what."""
    from .diagnostics import Location

    if isinstance(error, MemoryError):
        return _one_error("system", None, "out of memory")
    reason = error.strerror or str(error)
    if error.filename is None:
        return _one_error("no-output", None, f"{NO_OUTPUT}: {reason}")
    return _one_error("system", Location(Path(os.fsdecode(error.filename))), reason)


def _one_error(code: str, location: Location | None, message: str) -> Diagnostics:
    from .diagnostics import Diagnostics

    found = Diagnostics()
    found.error(code, location, message)
    return found


def _run(options: argparse.Namespace) -> int:
    if options.command == "schema" and options.which != "spec":  # before anything else is imported
        folder = "formats" if options.which == "report" else "load"
        print((Path(__file__).parent / folder / f"{options.which}.schema.json").read_text("utf-8"), end="")
        return 0
    if options.command == "completion":
        from . import completion

        print(completion.script(options.shell, COMMANDS, {name: command_parser(name) for name in COMMANDS}), end="")
        return 0
    from . import color
    from .diagnostics import fail
    from .pipeline import Pipeline
    from .places import find_root

    color.choose(options.color)
    try:
        os.getcwd()
    except OSError:
        fail("no-folder", None, "the current folder no longer exists", "change to an existing folder: cd /")
    added = [folder.absolute() for folder in getattr(options, "added", ())]
    pipeline = Pipeline((options.root or find_root()).absolute(), added)
    if options.command in ("gen", "check", "diff"):
        from . import commands

        names = ("platforms", "level", "output", "upstream", "force", "pretend", "verbose", "quiet", "format")
        given = {name: getattr(options, name) for name in names if hasattr(options, name)}
        command = {"gen": commands.gen, "check": commands.check, "diff": commands.diff}[options.command]
        return command(pipeline, commands.Request(**given))
    if options.command == "doctor":
        from .doctor import command as doctor

        asked = {name: getattr(options, name) for name in doctor.Request._fields}
        return doctor.doctor(pipeline, doctor.Request(**asked))
    if options.command in ("build", "run"):
        return _make(pipeline, options)
    if options.command in ("new", "init"):
        return _scaffold(pipeline, options)
    if options.command in ("schema", "docs"):
        from . import pages

        return pages.schema(pipeline) if options.command == "schema" else pages.docs(pipeline, pretend=options.pretend)
    return _tell(options, pipeline)


def _tell(options: argparse.Namespace, pipeline: Pipeline) -> int:
    """Commands that only tell."""
    if options.command == "runfile":
        from .runfile.command import runfile
        from .runfile.request import Request

        return runfile(pipeline, Request(**{name: getattr(options, name) for name in Request._fields}))
    if options.command == "explain" and options.html:
        if options.format != "text":
            from .diagnostics import BadInput

            raise BadInput(_one_error("usage", None, "--html writes a page, so --format cannot be met: omit one"))
        from .browse.page import write_page

        return write_page(pipeline, options.platform, options.level, options.html)
    from . import reports

    if options.command == "list":
        return reports.list_platforms(pipeline, options.format)
    if options.command == "explain":
        return reports.explain(pipeline, options.platform, options.file, options.level, options.format)
    return reports.sharing(pipeline, options.one, options.other, options.level, options.at_least)


def _make(pipeline: Pipeline, options: argparse.Namespace) -> int:
    """Commands that end with an image or a guest."""
    if options.command == "build":
        from .unikraft.command import build
        from .unikraft.inputs import Request

        return build(pipeline, Request(**{name: getattr(options, name) for name in Request._fields}))
    from .run import command as run

    return run.run(pipeline, run.Request(**{name: getattr(options, name) for name in run.Request._fields}))


def _scaffold(pipeline: Pipeline, options: argparse.Namespace) -> int:
    if options.command == "init":
        from .scaffold import repository

        return repository.init(pipeline, options.folder, options.name)
    from .scaffold import command as scaffold

    wanted = {name: getattr(options, name) for name in scaffold.Request._fields}
    return scaffold.new(pipeline, scaffold.Request(**wanted))
