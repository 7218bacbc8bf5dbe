# SPDX-License-Identifier: BSD-3-Clause
"""docs/verified.yaml, and the table in README.md that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from .. import ROOT

DATA = ROOT / "docs" / "verified.yaml"
README = ROOT / "README.md"
BEGIN, END = "<!-- verified:begin -->", "<!-- verified:end -->"
HEAD = """\
# What was built and booted. `python -m generator.lab.verify` writes this file, nobody edits it. Each entry is the
# result of the last run of its kind. README.md shows it as a table.
"""
KEY = ("release", "platform", "machine", "compiler", "variant")
TITLES = {
    "qemu-pc": "pc",
    "qemu-q35": "q35",
    "qemu-microvm": "microvm",
    "qemu-pc-multiboot": "pc, multiboot",
    "xl": "xl",
    "firecracker": "Firecracker",
    "cloud-hypervisor": "Cloud Hypervisor",
    "alioth": "alioth",
    "crosvm": "crosvm",
}
BARE = "bare"
"""The level of images without Unikraft, and what stands in place of its release."""

Entry = dict[str, str]


def load() -> list[Entry]:
    """All entries."""
    return list(yaml.safe_load(DATA.read_text()) or []) if DATA.exists() else []


def _order(entry: Entry) -> tuple[object, ...]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", entry["release"].partition("+")[0]))
    machines = list(TITLES)
    return (
        entry["level"] == BARE,
        numbers,
        entry["release"],
        entry["platform"],
        machines.index(entry["machine"]),
        entry["compiler"],
        entry["variant"] != "plain",
    )


def store(new: Iterable[Entry]) -> None:
    """Put new entries in the place of older ones of the same kind, and renew the table."""
    entries = {tuple(entry[key] for key in KEY): entry for entry in load()}
    for entry in new:
        entries[tuple(entry[key] for key in KEY)] = entry
    lines = yaml.safe_dump(sorted(entries.values(), key=_order), sort_keys=False, width=200)
    DATA.write_text(HEAD + lines)
    text = README.read_text()
    README.write_text(with_table(text, load()))


def with_table(readme: str, entries: list[Entry]) -> str:
    """README's text with the block between its two marks renewed."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no {BEGIN} and {END}")
    return f"{before}{begin}\n{table(entries)}{end}{after}"


def _cell(entries: list[Entry]) -> str:
    if not entries:
        return "-"
    by_fault = {
        entry["compiler"] + (" " + entry["variant"]) * (entry["variant"] != "plain"): entry for entry in entries
    }
    passed = [name for name, entry in by_fault.items() if entry["result"] == "passed"]
    failed = [name for name, entry in by_fault.items() if entry["result"] != "passed"]
    return ", ".join(passed + [f"**{name} fails**" for name in failed])


def table(entries: list[Entry]) -> str:
    """Unikraft's releases and each platform down, machines across; below that the monitors of bare images."""
    releases = [entry for entry in entries if entry["level"] != BARE]
    monitors = [entry for entry in entries if entry["level"] == BARE]
    return "\n".join([*_releases(releases), *([""] if releases and monitors else []), *_monitors(monitors), ""])


def _rows(entries: list[Entry], keys: tuple[str, ...], column: str, columns: list[str]) -> Iterator[str]:
    """A line for each kind of entry, with a cell for each column and the oldest day."""
    for kind in dict.fromkeys(tuple(entry[key] for key in keys) for entry in entries):
        mine = [entry for entry in entries if tuple(entry[key] for key in keys) == kind]
        cells = [_cell([entry for entry in mine if entry[column] == name]) for name in columns]
        yield f"| {' | '.join((*kind, *cells))} | {min(str(entry['date']) for entry in mine)} |"


def _head(*titles: str) -> list[str]:
    return [f"| {' | '.join(titles)} |", "| --- " * len(titles) + "|"]


def _releases(entries: list[Entry]) -> list[str]:
    if not entries:
        return []
    machines = [name for name in TITLES if any(entry["machine"] == name for entry in entries)]
    hosts = ", ".join(dict.fromkeys(entry["host"] for entry in entries))
    compilers = ", ".join(sorted({entry["compiler-version"] for entry in entries}))
    return [
        *_head("Unikraft", "core level", "platform", *(TITLES[name] for name in machines), "last checked"),
        *_rows(entries, ("release", "level", "platform"), "machine", machines),
        "",
        "Each cell names the builds that passed: unpatched Unikraft booted, got its arguments and initrd, kept time",
        "and powered off. *paging* is `CONFIG_PAGING` (`CONFIG_LIBUKPAGING` since 0.21). Images boot by PVH unless",
        f"the column says multiboot. Hosts: {hosts}; compilers: {compilers}.",
        "[docs/releases.md](docs/releases.md) has notes on each release. To repeat the tests, record them",
        "in [docs/verified.yaml](docs/verified.yaml) and update this table:",
        "`python -m generator.lab.verify --unikraft DIR`.",
    ]


def _monitors(entries: list[Entry]) -> list[str]:
    if not entries:
        return []
    platforms = sorted({entry["platform"] for entry in entries})
    altered = {TITLES[entry["machine"]]: options for entry in entries if (options := entry.get("options"))}
    return [
        *_head("monitor", *platforms, "last checked"),
        *_rows(entries, ("host",), "platform", platforms),
        "",
        "The same for other monitors, by images of the bare core level: they booted, got their arguments and initrd,",
        "slept by KVM's clock, called each other on 2 and 4 CPUs, powered off, reset, and crashed with their last",
        "words. `python -m generator.lab.verify --monitor NAME=PROGRAM` repeats it where KVM works.",
        *(f"For {title} the spec had `{options}`." for title, options in altered.items()),
    ]
