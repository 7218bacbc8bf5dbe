# SPDX-License-Identifier: BSD-3-Clause
"""The arguments that the commands take, and what `--help` says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from . import DEFAULT_LEVEL, VERSION

COMMANDS = {
    "gen": "write platform trees",
    "check": "compare trees with what gen would write (exit 1: they differ)",
    "diff": "show what gen --force would change (exit 1: there are changes)",
    "doctor": "check whether a platform fits a Unikraft checkout, without building an image (exit 1: no)",
    "build": "build an application for a platform with a Unikraft checkout",
    "run": "boot a platform on a test machine: an application, or without --app the bare image",
    "new": "write a first spec, component or layer (exit 1: something of that name exists)",
    "init": "write a first repository of one's own, outside of platgen (exit 1: something is there)",
    "list": "list the platforms",
    "explain": "show why a platform has its components, or where a file comes from",
    "runfile": "print the file or command that starts a platform's image on xl, QEMU, libvirt or another monitor",
    "schema": "print a JSON Schema, for editors",
    "sharing": "print the share of A's C and assembly lines that B contains byte for byte",
    "docs": "write docs/components.md and platforms/spec.schema.json from the manifests",
    "completion": "print a shell's completion script",
}
FORMATS = {
    **dict.fromkeys(("gen", "check", "doctor"), ("text", "json", "sarif")),
    **dict.fromkeys(("diff", "list", "explain", "build", "run"), ("text", "json")),
}
EXIT_CODES = "Exit status: 0 done, or same; 1 differs; 2 bad input, nothing written; 3 a fault of platgen itself."
OTHER_EXIT_CODES = {
    "build": "Exit status: 0 built; 2 bad input, or no image; 3 a fault of platgen itself.",
    "run": "Exit status: 0 the guest powered off; 1 it ended in another way; 2 bad input, or no image; 3 a fault of"
    " platgen itself.",
}
PLAT = "a name under platforms/, or the path of a spec"


class _Parser(argparse.ArgumentParser):
    """Its messages show what was typed, which may hold anything."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line."""
        from .diagnostics import visible

        try:
            super().error(visible(message))
        except SystemExit as end:
            end.add_note(visible(message))  # for a program that asked for a format
            raise


def parser_of(arguments: list[str]) -> argparse.ArgumentParser:
    """Build the parser of the command that is asked for; the others cost time and are only named in --help."""
    parser = _Parser(prog="platgen", description="Generate Unikraft platforms from YAML specs.", epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"platgen {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="platgen")
    wanted = next((word for word in arguments if not word.startswith("-")), "")
    is_alone = wanted in COMMANDS and arguments[0] == wanted
    for name, summary in COMMANDS.items():
        if name == wanted or not is_alone:
            told = f"{summary[0].upper()}{summary[1:]}."
            status = OTHER_EXIT_CODES.get(name, EXIT_CODES)
            sub = commands.add_parser(name, help=summary, description=told, epilog=status)
            if name == wanted:
                _add_arguments(sub, name)
    return parser


def command_parser(command: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    parser = _Parser(prog=f"platgen {command}")
    _add_arguments(parser, command)
    return parser


def _add_arguments(parser: argparse.ArgumentParser, command: str) -> None:
    add = parser.add_argument
    if command == "schema":
        add("which", nargs="?", default="spec", choices=("spec", "component", "level", "report"))
    if command == "completion":
        add("shell", choices=("bash", "zsh", "fish"))
        return
    _add_formats(parser, command)
    add("--root", type=Path, metavar="DIR", help="the platgen checkout (default: the nearest one from here upwards)")
    about = "colours for messages (auto: on a terminal, unless NO_COLOR is set)"
    add("--color", choices=("auto", "always", "never"), default="auto", help=about)
    if command != "docs":
        more = "a folder with further layers beside those of the checkout; several times for several"
        add("--templates", dest="added", action="append", default=[], type=_one_folder, metavar="DIR", help=more)
    if command in ("gen", "check", "diff", "explain", "sharing"):
        text = f"core level, see templates/common/core (default {DEFAULT_LEVEL})"
        add("--core", dest="level", default=DEFAULT_LEVEL, metavar="LEVEL", help=text)
    if command in ("gen", "check", "diff"):
        _add_trees(parser, command)
    _add_own(parser, command)


def _add_own(parser: argparse.ArgumentParser, command: str) -> None:
    """What no other command takes."""
    add = parser.add_argument
    if command == "doctor":
        add("platform", metavar="PLAT", help=PLAT)
        add("--unikraft", type=_one_folder, metavar="DIR", required=True, help="the checkout; doctor only reads it")
        add("--tree", type=_one_folder, metavar="DIR", help="the platform's tree (default: where gen puts it)")
        add("--core", dest="level", metavar="LEVEL", help="core level (default: the one that fits the checkout)")
        add("--config", type=_one_folder, metavar="FILE", help="your .config (default: PLAT on, the rest as it comes)")
    elif command == "new":
        _add_new(add)
    elif command == "init":
        add("folder", type=_one_folder, metavar="DIR", nargs="?", default=Path(), help="where (default: here)")
        add("--name", metavar="NAME", help="the platform's and layer's name (default: the folder's)")
    elif command == "explain":
        _add_explain(parser)
    elif command in ("build", "run"):
        add("platform", metavar="PLAT", help=PLAT)
        _add_build(add, is_alone=command == "build")
        if command == "run":
            _add_run(add)
    elif command == "runfile":
        _add_runfile(add)
    elif command == "sharing":
        add("one", metavar="A", help=PLAT)
        add("other", metavar="B", help=PLAT)
        add("--at-least", type=_percent, metavar="PERCENT", help="exit 1 if the share is smaller")
    elif command == "docs":
        add("-n", dest="pretend", action="store_true", help="write nothing; exit 1 if a file differs")


def _add_formats(parser: argparse.ArgumentParser, command: str) -> None:
    if kinds := FORMATS.get(command):
        what = "print one document for programs, see docs/formats.md"
        parser.add_argument("--format", choices=kinds, default="text", help=what)
    if command in ("doctor", "list"):
        same = "the same as --format json"
        parser.add_argument("--json", dest="format", action="store_const", const="json", help=same)


def _add_trees(parser: argparse.ArgumentParser, command: str) -> None:
    add = parser.add_argument
    several = ("+", PLAT) if command == "gen" else ("*", f"{PLAT}; all by default")
    add("platforms", nargs=several[0], metavar="PLAT", help=several[1])
    place = f"the tree's folder (default platforms/NAME for level {DEFAULT_LEVEL}, else build/NAME-LEVEL)"
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", dest="output", type=_one_folder, metavar="DIR", help=place)
    taken = "a folder for the tree as a pull request to Unikraft has it, with its commits (docs/upstream.md)"
    where.add_argument("--upstream", type=_one_folder, metavar="DIR", help=taken)
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


def _add_new(add: Callable[..., object]) -> None:
    add("name", metavar="NAME", nargs="?", help="the new spec's name")
    add("--component", metavar="LAYER/NAME", help="make a component instead; LAYER/GROUP/NAME puts it into a group")
    add("--layer", metavar="NAME", help="make a layer instead, for a new hypervisor")
    add("--serves", metavar="KEY.ITEM", help="the fact that the new component serves, such as power.reset")
    add("--from", dest="base", metavar="PLAT", help="take the facts of this spec (default: the one that fits best)")
    for word, text in (
        ("hypervisor", "what the platform runs on"),
        ("boot", "how a loader enters the image"),
        ("machine", "a test machine that fits"),
    ):
        add(
            f"--{word}",
            action="append",
            default=[],
            metavar="NAME",
            help=f"{text}; several times: the first is preferred",
        )
    add("-o", dest="output", type=_one_folder, metavar="DIR", help="the spec's folder or file (default: platforms/)")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("platform", metavar="PLAT", help=PLAT)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("file", metavar="FILE", nargs="?", help="a path in the tree")
    page = "write one page with the graph of components and all files beside their sources"
    which.add_argument("--html", type=_one_folder, metavar="PAGE", help=page)


def _add_runfile(add: Callable[..., object]) -> None:
    consumers = ("xl", "qemu", "libvirt", "firecracker", "cloud-hypervisor")
    add("platform", metavar="PLAT", help=PLAT)
    add("--for", dest="consumer", required=True, choices=consumers, help="what is to start the image")
    text = "which of the spec's hypervisors is meant, where the consumer has several (default: the first)"
    add("--hypervisor", default="", metavar="NAME", help=text)
    image = "the image (default: what Unikraft builds of the app in this folder)"
    add("--image", default="", metavar="FILE", help=image)
    net = "a network device on a bridge (xl, libvirt) or tap interface; 'user' for QEMU's own network"
    _add_guest(add, net)


def _add_guest(add: Callable[..., object], net: str) -> None:
    """What a guest gets."""
    add("--cmdline", default="", metavar="TEXT", help="the guest's command line (default: PLAT)")
    add("--initrd", default="", metavar="FILE", help="the initrd")
    add("--memory", type=_count, default=64, metavar="MIB", help="memory in MiB (default 64)")
    add("--cpus", type=_count, default=1, metavar="N", help="CPUs (default 1)")
    add("--net", type=_interface, default="", metavar="NAME", help=net)
    add("--disk", default="", metavar="FILE", help="a disk: a raw file or a block device")
    add("--share", default="", metavar="DIR", help="a folder by 9p, under the tag 'share'")


def _add_build(add: Callable[..., object], *, is_alone: bool) -> None:
    about = "the application's folder" + (" (default: here)" if is_alone else ", to be built with --unikraft")
    add("--app", type=_one_folder, default=Path() if is_alone else None, metavar="DIR", help=about)
    add("--unikraft", type=_one_folder, metavar="DIR", required=is_alone, help="the checkout, which is only read")
    more = "an external library's folder; several times for several"
    add("--lib", dest="libraries", action="append", default=[], type=_one_folder, metavar="DIR", help=more)
    config = "the application's configuration (default: its .config, or defconfig and Kraftfile)"
    add("--config", type=_one_folder, metavar="FILE", help=config)
    add("--core", dest="level", metavar="LEVEL", help="core level (default: the one that fits the checkout)")
    place = "the build folder (default build/APP-PLAT, never in the application's folder)"
    add("-o", dest="output", type=_one_folder, metavar="DIR", help=place)
    add("-j", dest="jobs", type=_count, metavar="N", help="compile N files at once (default: one for each CPU)")


def _add_run(add: Callable[..., object]) -> None:
    where = "the test machine, such as qemu-q35 or xl (default: the first that the spec is for)"
    add("--on", dest="machine", metavar="MACHINE", help=where)
    net = "a network device: 'user' for QEMU's own network, a tap interface, or on xl the bridge xenbr0"
    _add_guest(add, net)
    limit = "end the guest then (default: 20 for the bare image, a day for an application)"
    add("--limit", type=_count, metavar="SECONDS", help=limit)
    add("--log", dest="with_log", action="store_true", help="also show what the host recorded")


def _interface(text: str) -> str:
    known = text.replace("_", "a").replace(".", "a").replace("-", "a")
    if not text or (text.isascii() and known.isalnum() and len(text) < 16):
        return text
    raise argparse.ArgumentTypeError("an interface's name has letters, digits, '_', '.' and '-', 15 at most")


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:10]) < 1 << 31:
        return int(text)
    raise argparse.ArgumentTypeError("this has to be a whole number from 1 on")


def _percent(text: str) -> float:
    with suppress(ValueError):
        if 0 <= float(text) <= 100:  # "nan" is a float, and not between any two
            return float(text)
    raise argparse.ArgumentTypeError("a share is a number from 0 to 100")


def _one_folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder cannot be empty")
    return Path(text)
