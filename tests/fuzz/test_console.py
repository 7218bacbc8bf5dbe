# SPDX-License-Identifier: BSD-3-Clause
"""Consoles and Xen's ring on the host: interrupts at every instruction of a write, a typist on another processor."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .targets import HERE, TEMPLATES, common, plant, xen

FOLDERS = common("console", "core-contract", "cpus", "hypervisor", "lapic", "pvclock", "x86")
FOLDERS += xen("events", "hvm-params", "no-suspend", "shared-info", "xen-ring")


def run(folder: Path, templates: Path = TEMPLATES, *options: str) -> subprocess.CompletedProcess[str]:
    need.tools(gcc="gcc")
    program = folder / "console"
    command = ["gcc", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-pthread", f"-I{HERE / 'steps'}"]
    command += [f"-I{templates / layer}" for layer in ("common", "xen")]
    command += [f"-I{templates / part / 'include'}" for part in FOLDERS]
    command += [*options, "-DMACHINE_MAX_CPUS=8", f"-I{HERE / 'include'}", str(HERE / "console.c"), "-o", str(program)]
    subprocess.run(command, check=True)
    return subprocess.run([str(program)], capture_output=True, text=True, timeout=300, check=False)


def test_what_must_hold_holds(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert not done.returncode, done.stderr


def test_rings_under_sanitizers(tmp_path: Path) -> None:
    sanitizers = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    done = run(tmp_path, TEMPLATES, *sanitizers, "-DWITHOUT_STEPS", "-DROUNDS=2000U", "-Wno-unused-function")
    assert not done.returncode, done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("xen/xen-ring/xen_ring.c", "irq_save();\n\tuint32_t prod", "0;\n\tuint32_t prod", "is whole"),
        (
            "xen/xen-ring/xen_ring.c",
            "while (prod - ring->out_cons < XENCONS_OUT) {",
            "while (true) {",
            "never more than full",
        ),
        ("xen/xen-ring/xen_ring.c", "\t__atomic_thread_fence(__ATOMIC_SEQ_CST);\n", "", "is told of room"),
        ("common/console/console/console.c", " && last[i] != '\\r'", "", "as many letters"),
        (
            "common/console/console/console.c",
            "if (!everywhere)\n\t\tkeep_tail(text, len);",
            "(void)keep_tail;",
            "the end is told",
        ),
        ("common/console/console/console.c", "static bool everywhere;", "static bool everywhere = true;", "stays off"),
        ("common/console/console/console.c", "\tif (at)\n", "\tif (!at)\n", "by whole lines"),
    ],
)
def test_defects_are_found(file: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    templates = plant(FOLDERS, file, old, new, tmp_path)
    done = run(tmp_path, templates, "-DROUNDS=5000000U")
    assert said in done.stderr, "nothing was found"
