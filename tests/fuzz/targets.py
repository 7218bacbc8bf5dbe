# SPDX-License-Identifier: BSD-3-Clause
"""Parts of the platform built for the host, each with what feeds it, under libFuzzer and sanitizers."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.lab.conformance import need

HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent / "templates"
SANITIZERS = ("-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined")


@dataclass(frozen=True)
class Target:
    """A part of the platform built for the host: its folders under templates/, and what feeds it."""

    name: str
    folders: tuple[str, ...]
    sources: tuple[str, ...] = ()
    """Templates' files besides those that the feeder includes."""
    feeders: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    share: float = 1.0
    """Of the seconds."""


def common(*names: str) -> tuple[str, ...]:
    """The folders of these common components, each in its group."""
    folders = {path.parent.name: path.parent for path in TEMPLATES.glob("common/*/*/component.yaml")}
    return tuple(folders[name].relative_to(TEMPLATES).as_posix() for name in names)


def xen(*names: str) -> tuple[str, ...]:
    return tuple(f"xen/{name}" for name in names)


MAP = ("common/boot/memory-hole/memory_hole.c", "common/boot/memory-map/memory_map.c")
LOADER = common(
    *("boot", "console", "core-contract", "cpu", "cpus", "hypervisor", "interrupts"),
    *("memory-hole", "memory-map", "page-tables", "start", "x86"),
)
IMAGE = (
    *("-D_base_addr=image_start", "-Wl,--defsym=image_start=0x100000"),
    *("-D_end=image_end", "-Wl,--defsym=image_end=0x150000"),
)
"""The linker has an _end of its own."""
LOADED = (f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8", *IMAGE)
START_INFO = Target(
    "start_info",
    (*LOADER, *common("pvh")),
    MAP,
    ("start_info.c", "model.c"),
    LOADED,
)
MULTIBOOT = Target(
    "multiboot",
    (*LOADER, *common("multiboot")),
    MAP,
    ("multiboot.c", "model.c"),
    LOADED,
    share=0.5,
)
LINUX64 = Target(
    "linux64",
    (*LOADER, *common("linux64")),
    MAP,
    ("linux64.c", "model.c"),
    LOADED,
    share=0.1,
)
STORE = Target(
    "xenstore",
    (
        *xen("xenstore", "event-timer", "events", "hvm-params", "shared-info"),
        *common("console-note", "core-contract", "cpus", "lapic", "text", "x86"),
    ),
    feeders=("xenstore.c",),
    options=(f"-I{HERE / 'host'}", f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8"),
    share=0.25,
)
MADT = Target(
    "madt",
    common("acpi", "cpus", "core-contract", "lapic", "memory-map", "madt", "sipi", "x86"),
    feeders=("madt.c",),
    options=(f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8", "-Wl,--defsym=sipi_end=sipi_begin+16"),
    share=0.1,
)
ACPI = Target(
    "acpi",
    (
        *common("acpi", "acpi-registers", "acpi-power", "boot", "core-contract", "hpet"),
        *common("memory-map", "pm-timer", "power", "tsc-clock", "x86"),
    ),
    feeders=("acpi.c",),
    options=(f"-I{HERE / 'ticks'}", *IMAGE),
    share=0.5,
)
PCI = Target(
    "pci",
    common("acpi", "acpi-registers", "aml", "core-contract", "device-map", "memory-map", "pci", "x86"),
    feeders=("pci.c",),
    share=0.25,
)
PCI_SETUP = Target(
    "pci_setup",
    common("acpi", "aml", "core-contract", "device-map", "memory-map", "pci", "x86"),
    feeders=("pci_setup.c",),
    share=0.5,
)
PCI_IRQ = Target(
    "pci_irq",
    common(
        *("acpi", "acpi-registers", "aml", "core-contract", "ioapic"),
        *("irq-lines-contract", "memory-map", "pci", "pci-irq", "x86"),
    ),
    feeders=("pci_irq.c",),
    share=0.5,
)
IOAPIC = Target(
    "ioapic",
    common("acpi", "boot", "cpus", "core-contract", "interrupts", "ioapic", "madt", "memory-map", "mp-table", "x86"),
    feeders=("ioapic.c",),
    options=(f"-I{HERE / 'pins'}", f"-I{HERE / 'include'}", "-DMACHINE_MAX_CPUS=8"),
    share=0.25,
)
CLOCK = Target(
    "clock",
    common("clock", "core-contract", "pvclock"),
    feeders=("clock.c",),
    options=(f"-I{HERE / 'ticks'}",),
    share=0.1,
)
VIRTIO_MMIO = Target(
    "virtio_mmio",
    common("acpi", "acpi-registers", "aml", "boot", "core-contract", "memory-map", "virtio-mmio", "x86"),
    feeders=("virtio_mmio.c",),
    share=0.25,
)
WORDS = Target("words", common("core-bare"), feeders=("words.c",), share=0.1)
ALL = (START_INFO, MULTIBOOT, LINUX64, ACPI, STORE, MADT, IOAPIC, PCI, PCI_SETUP, PCI_IRQ, CLOCK, VIRTIO_MMIO, WORDS)


def plant(folders: tuple[str, ...], file: str, old: str, new: str, root: Path) -> Path:
    """A copy of these folders' C files below `root`, with one defect; returns its templates folder."""
    templates = root / "templates"
    for name in folders:
        for path in (TEMPLATES / name).rglob("*.[ch]"):
            copy = templates / path.relative_to(TEMPLATES)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text())
    text = (templates / file).read_text()
    assert text.count(old) == 1
    (templates / file).write_text(text.replace(old, new))
    return templates


def build(target: Target, folder: Path, templates: Path = TEMPLATES) -> Path:
    need.tools(clang="clang")
    includes = [f"-I{templates / name / 'include'}" for name in target.folders]
    includes += [f"-I{templates / layer}" for layer in ("common", "xen")]
    sources = [*(HERE / name for name in target.feeders), *(templates / name for name in target.sources)]
    program = folder / "fuzz"
    command = ["clang", "-g", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fno-pie", "-no-pie"]
    command += [*SANITIZERS, *target.options, *includes, *map(str, sources), "-o", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "libclang_rt" in done.stderr:
        version = subprocess.run(["clang", "-dumpversion"], capture_output=True, text=True, check=True).stdout
        package = f"libclang-rt-{version.partition('.')[0]}-dev"
        need.lacking(f"missing libFuzzer's library (Debian package {package})")
    assert not done.returncode, done.stderr
    return program


def fuzz(program: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    corpus = program.parent / "corpus"
    corpus.mkdir(exist_ok=True)
    command = [str(program), f"-max_total_time={seconds}", "-timeout=10", f"-artifact_prefix={program.parent}/"]
    return subprocess.run([*command, str(corpus)], capture_output=True, text=True, check=False)
