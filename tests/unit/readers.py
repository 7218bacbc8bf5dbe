# SPDX-License-Identifier: BSD-3-Clause
"""What reads a language says what a generated file holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from generator.lab.conformance import need

Reads = Callable[[bytes], list[str]]


def kconfig(place: Path, name: str) -> Reads:
    """Symbols, prompts and help as Kconfiglib sees them, in the file alone."""
    import kconfiglib

    def reads(data: bytes) -> list[str]:
        (place / "Kconfig").write_bytes(b"config OUTSIDE\n\tbool\n" + data)
        kconf = kconfiglib.Kconfig(str(place / "Kconfig"), warn=False)
        nodes = [node for node in kconf.node_iter() if isinstance(node.item, kconfiglib.Symbol)]
        return [part for node in nodes for part in (node.item.name, (node.prompt or ("",))[0], node.help or "")]

    return reads


def make(place: Path, name: str) -> Reads:
    """What the file's own rule says."""
    need.tools(make="make")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        return subprocess.check_output(["make", "-s", "-f", name], cwd=place, text=True, env=clean).splitlines()

    return reads


def compiled(place: Path, name: str) -> Reads:
    """The names of the object and what its strings are."""
    need.tools(gcc="gcc", nm="binutils", strings="binutils")

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        subprocess.run(["gcc", "-std=c11", "-c", name, "-o", "said.o"], cwd=place, check=True, capture_output=True)
        names = subprocess.check_output(["nm", "-j", "said.o"], cwd=place, text=True).splitlines()
        return [*names, *subprocess.check_output(["strings", "-a", "said.o"], cwd=place, text=True).splitlines()]

    return reads


def preprocessed(place: Path, name: str) -> Reads:
    """A linker script without its comments."""
    need.tools(gcc="gcc")

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        command = ["gcc", "-E", "-P", "-x", "assembler-with-cpp", name]
        return subprocess.check_output(command, cwd=place, text=True).splitlines()

    return reads


def loaded(place: Path, name: str) -> Reads:
    return lambda data: [f"{key}: {value}" for key, value in yaml.safe_load(data).items()]


READERS: dict[str, Callable[[Path, str], Reads]] = {
    "Kconfig": kconfig,
    "make": make,
    "C": compiled,
    "assembly": compiled,
    "a linker script": preprocessed,
    "YAML": loaded,
}
