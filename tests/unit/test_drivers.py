# SPDX-License-Identifier: BSD-3-Clause
"""Unikraft's own Xen drivers come with the libraries they serve, at every release."""

from __future__ import annotations

import re
from pathlib import Path

import kconfiglib
import pytest

from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

# What the core declares of its drivers: until 0.17 for its own platform alone, since then for any with xenbus.
UNTIL_017 = {
    "LIBXEN_XENBUS": ("PLAT_XEN", ""),
    "LIBXEN_NETFRONT": ("PLAT_XEN && LIBUKNETDEV", "LIBXEN_XENBUS"),
    "LIBXEN_BLKFRONT": ("PLAT_XEN && LIBUKBLKDEV", "LIBXEN_XENBUS"),
    "LIBXEN_9PFRONT": ("PLAT_XEN && LIBUK9P", "LIBXEN_XENBUS"),
    "XEN_GNTTAB": ("PLAT_XEN", "LIBXEN_XENBUS"),
}
SINCE_018 = {
    "LIBXENHEADERS": ("", ""),
    "LIBXENBUS": ("HAVE_XENBUS", "LIBXENHEADERS"),
    "LIBXENGNTTAB": ("HAVE_XENBUS", "LIBXENBUS"),
    "LIBNETFRONT": ("HAVE_XENBUS && LIBUKNETDEV", "LIBXENGNTTAB"),
    "LIBBLKFRONT": ("HAVE_XENBUS && LIBUKBLKDEV", "LIBXENGNTTAB"),
    "LIB9PFRONT": ("HAVE_XENBUS && LIBUK9P", "LIBXENGNTTAB"),
}
SERVED = {"NETFRONT": "LIBUKNETDEV", "BLKFRONT": "LIBUKBLKDEV", "9PFRONT": "LIBUK9P"}
LEVELS = ("0.17", "0.18", "0.20", "0.21")


def _configuration(level_name: str, folder: Path) -> tuple[kconfiglib.Kconfig, str]:
    """The platform's Config.uk, then the drivers', as the core reads them; and what the names begin with."""
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs(["xen-pvh"]).or_stop()
    level = pipeline.levels().or_stop()[level_name]
    plan = pipeline.plan(spec, level).or_stop()
    text = pipeline.render(plan).or_stop()["Config.uk"].decode()
    drivers = UNTIL_017 if level_name == "0.17" else SINCE_018
    outside = {name for component in plan.components for name in component.kconfig_outside}
    names = {*outside, "HAVE_XENBUS", "PLAT_XEN"} - set(drivers)
    core = "".join(f'config {name}\n\tbool "{name}"\n' for name in sorted(names))
    for name, (depends, selects) in drivers.items():
        text += f'\nconfig {name}\n\tbool "{name}"\n' + (f"\tdepends on {depends}\n" if depends else "")
        text += f"\tselect {selects}\n" if selects else ""
    (folder / "Kconfig").write_text(core + text)
    kconf = kconfiglib.Kconfig(str(folder / "Kconfig"), warn_to_stderr=False)
    kconf.syms["ARCH_X86_64"].set_value(2)
    return kconf, "LIBXEN_" if level_name == "0.17" else "LIB"


def _on(kconf: kconfiglib.Kconfig, name: str) -> bool:
    return bool(kconf.syms[name].tri_value == 2)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("driver", SERVED)
def test_a_driver_comes_with_its_library(level: str, driver: str, tmp_path: Path) -> None:
    kconf, prefix = _configuration(level, tmp_path)
    name = prefix + driver
    kconf.syms[SERVED[driver]].set_value(2)
    assert not _on(kconf, name), "without the platform"
    kconf.syms["PLAT_XENPVH"].set_value(2)
    assert _on(kconf, name)
    assert _on(kconf, "LIBXEN_XENBUS" if level == "0.17" else "LIBXENBUS")
    assert _on(kconf, "XEN_GNTTAB" if level == "0.17" else "LIBXENGNTTAB")
    kconf.syms[name].set_value(0)
    assert not _on(kconf, name), "it can be left out"


@pytest.mark.parametrize("level", LEVELS)
def test_no_driver_comes_without_a_library(level: str, tmp_path: Path) -> None:
    kconf, prefix = _configuration(level, tmp_path)
    kconf.syms["PLAT_XENPVH"].set_value(2)
    assert not any(_on(kconf, prefix + driver) for driver in SERVED)
    assert not _on(kconf, "LIBXENHEADERS"), "nor what the platform has for drivers alone"
    bus = "LIBXEN_XENBUS" if level == "0.17" else "LIBXENBUS"
    assert not _on(kconf, bus)
    kconf.syms[bus].set_value(2)
    assert _on(kconf, bus), "xenstore alone can be asked for"
    assert _on(kconf, "LIBXENHEADERS")


INCLUDE = re.compile(r"^#include <(xen/|common/|xen-x86/|uk/xen|plat/xen_driver)", re.MULTILINE)
SWITCHES = {"LIBXENHEADERS", "LIBXENBUS", "LIBXENGNTTAB", "XEN_GNTTAB"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("platform", ["xen-pvh", "pvh"])
def test_what_drivers_call_is_built_for_drivers_alone(platform: str, level: str) -> None:
    """A guest without a driver has neither the code nor its tables."""
    pipeline = Pipeline(ROOT)
    (plan,) = pipeline.plans([platform], level).or_stop()
    tree = pipeline.render(plan).or_stop()
    switches = {
        file.path: file.file.kconfig
        for file in plan.files
        if file.path.endswith(".c") and INCLUDE.search(tree[file.path].decode())
    }
    assert len(switches) > 4
    assert set(switches.values()) <= SWITCHES, switches
