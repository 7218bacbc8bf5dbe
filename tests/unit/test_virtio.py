# SPDX-License-Identifier: BSD-3-Clause
"""An application on kvm selects a library, and the drivers, transports and random numbers that it needs come along."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import kconfiglib
import pytest

from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

# What the core declares: each driver, what it depends on and what switches it on without a platform.
DRIVERS = {
    "LIBVIRTIO_NET": ("LIBUKNETDEV", ""),
    "LIBVIRTIO_BLK": ("LIBUKBLKDEV", ""),
    "LIBVIRTIO_9P": ("LIBUK9P", ""),
    "LIBVIRTIO_FS": ("", "LIBUKFS_VIRTIOFS"),
}
LIBRARIES = {"LIBUKNETDEV": "NET", "LIBUKBLKDEV": "BLK", "LIBUK9P": "9P", "LIBUKFS_VIRTIOFS": "FS"}
TRANSPORTS = ("LIBVIRTIO_PCI", "LIBVIRTIO_MMIO", "VIRTIO_MMIO_LINUX_COMPAT_CMDLINE")
LEVELS = ("0.17", "0.18", "0.20", "0.21")
SINCE_021 = "LIBUKFS_VIRTIOFS"


@cache
def _rendered(platform: str, level_name: str) -> tuple[dict[str, bytes], frozenset[str]]:
    """The platform's tree, and the core's names that it uses."""
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    plan = pipeline.plan(spec, pipeline.levels().or_stop()[level_name]).or_stop()
    outside = frozenset(name for component in plan.components for name in component.kconfig_outside)
    return pipeline.render(plan).or_stop(), outside


def _configuration(platform: str, level_name: str, folder: Path) -> kconfiglib.Kconfig:
    """The platform's Config.uk, then the drivers', as the core reads them."""
    tree, outside = _rendered(platform, level_name)
    plain = {*outside, "LIBUKFS_VIRTIOFS", "LIBUKRANDOM"} - {*DRIVERS, "VIRTIO_DEVICE"}
    core = "".join(f'config {name}\n\tbool "{name}"\n' for name in sorted(plain))
    core += "".join(
        f'config {name}\n\tbool "{name}"\n'
        + (f"\tdepends on {library}\n" if library else "")
        + (f"\tdefault y if {selected_by}\n" if selected_by else "")
        for name, (library, selected_by) in DRIVERS.items()
    )
    core += f"config VIRTIO_DEVICE\n\tbool\n\tdefault y if {' || '.join(DRIVERS)}\n"
    (folder / "Kconfig").write_text(core + tree["Config.uk"].decode())
    kconf = kconfiglib.Kconfig(str(folder / "Kconfig"), warn_to_stderr=False)
    kconf.syms["ARCH_X86_64"].set_value(2)
    return kconf


def _on(kconf: kconfiglib.Kconfig, name: str) -> bool:
    return bool(kconf.syms[name].tri_value == 2)


PAIRS = [(library, level) for library in LIBRARIES for level in LEVELS if library != SINCE_021 or level == "0.21"]


@pytest.mark.parametrize(("library", "level"), PAIRS)
def test_a_library_brings_its_driver_and_both_transports(level: str, library: str, tmp_path: Path) -> None:
    kconf = _configuration("kvm", level, tmp_path)
    driver = f"LIBVIRTIO_{LIBRARIES[library]}"
    kconf.syms["PLAT_KVMX"].set_value(2)
    assert not any(_on(kconf, name) for name in (*DRIVERS, *TRANSPORTS)), "without a library"
    kconf.syms[library].set_value(2)
    assert [name for name in (driver, *TRANSPORTS) if not _on(kconf, name)] == []
    kconf.syms["LIBVIRTIO_PCI"].set_value(0)
    kconf.syms["LIBVIRTIO_MMIO"].set_value(0)
    assert not any(_on(kconf, name) for name in TRANSPORTS), "they can be left out"


@pytest.mark.parametrize("level", LEVELS)
def test_a_second_driver_of_interrupt_controllers_is_refused_with_a_word(level: str, tmp_path: Path) -> None:
    kconf = _configuration("kvm", level, tmp_path)
    comments = [node for node in kconf.node_iter() if node.item == kconfiglib.COMMENT]
    (comment,) = [node for node in comments if "switch LIBUKINTCTLR_XPIC off" in node.prompt[0]]
    makefile = tmp_path / "Makefile.uk"
    makefile.write_bytes(_rendered("kvm", level)[0]["Makefile.uk"] + b"\nall:\n")
    for platform, driver in ((0, 0), (0, 2), (2, 0), (2, 2)):
        kconf.syms["PLAT_KVMX"].set_value(platform)
        kconf.syms["LIBUKINTCTLR_XPIC"].set_value(driver)
        both = bool(platform and driver)
        assert kconfiglib.expr_value(comment.prompt[1]) == (2 if both else 0)
        values = [f"CONFIG_{name}={kconf.syms[name].str_value}" for name in ("PLAT_KVMX", "LIBUKINTCTLR_XPIC")]
        made = subprocess.run(["make", "-s", "-f", str(makefile), *values, "all"], capture_output=True, text=True)
        assert bool(made.returncode) == both, made.stderr
        assert ("switch CONFIG_LIBUKINTCTLR_XPIC off" in made.stderr) == both


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("platform", "symbol"), [("kvm", "PLAT_KVMX"), ("xen-pvh", "PLAT_XENPVH")])
def test_random_numbers_have_a_source(platform: str, symbol: str, level: str, tmp_path: Path) -> None:
    kconf = _configuration(platform, level, tmp_path)
    kconf.syms[symbol].set_value(2)
    if level == "0.17":  # the library is driver and source in one, and ends the boot where the CPU has none
        assert _on(kconf, "HAVE_RANDOM")
        assert not _on(kconf, "LIBUKRANDOM")
        return
    assert not _on(kconf, "LIBUKRANDOM_LCPU"), "nobody asked for numbers"
    kconf.syms["LIBUKRANDOM"].set_value(2)
    assert _on(kconf, "LIBUKRANDOM_LCPU")
    kconf.syms["LIBUKRANDOM_LCPU"].set_value(0)
    assert not _on(kconf, "LIBUKRANDOM_LCPU"), "a seed on the command line may replace it"
