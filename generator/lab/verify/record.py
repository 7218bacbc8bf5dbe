# SPDX-License-Identifier: BSD-3-Clause
"""docs/verified.yaml, and the table in README.md that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
}

Entry = dict[str, str]


def load() -> list[Entry]:
    """All entries."""
    return list(yaml.safe_load(DATA.read_text()) or []) if DATA.exists() else []


def _order(entry: Entry) -> tuple[object, ...]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", entry["release"].partition("+")[0]))
    machines = list(TITLES)
    return (numbers, entry["release"], entry["platform"], machines.index(entry["machine"]), entry["compiler"],
            entry["variant"] != "plain")  # fmt: skip


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
    """Releases down, platforms with their machines across."""
    if not entries:
        return ""
    columns = sorted({(e["platform"], e["machine"]) for e in entries}, key=lambda c: (c[0], list(TITLES).index(c[1])))
    lines = ["| Unikraft | core level | " + " | ".join(f"{p}: {TITLES[m]}" for p, m in columns) + " | last checked |"]
    lines.append("| --- " * (len(columns) + 3) + "|")
    for release in dict.fromkeys(entry["release"] for entry in entries):
        mine = [entry for entry in entries if entry["release"] == release]
        cells = [_cell([e for e in mine if (e["platform"], e["machine"]) == column]) for column in columns]
        day = min(str(entry["date"]) for entry in mine)
        lines.append(f"| {release} | {mine[0]['level']} | " + " | ".join(cells) + f" | {day} |")
    hosts = ", ".join(dict.fromkeys(entry["host"] for entry in entries))
    compilers = ", ".join(sorted({entry["compiler-version"] for entry in entries}))
    lines += [
        "",
        "Each cell names the builds that passed: unpatched Unikraft booted, got its arguments and initrd, kept time",
        "and powered off. *paging* is `CONFIG_PAGING` (`CONFIG_LIBUKPAGING` since 0.21). Images boot by PVH unless",
        f"the column says multiboot. Hosts: {hosts}; compilers: {compilers}.",
        "[docs/releases.md](docs/releases.md) has notes on each release. To repeat the tests, record them",
        "in [docs/verified.yaml](docs/verified.yaml) and update this table:",
        "`python -m generator.lab.verify --unikraft DIR`.",
    ]
    return "\n".join(lines) + "\n"
