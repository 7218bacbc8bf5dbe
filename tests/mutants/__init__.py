# SPDX-License-Identifier: BSD-3-Clause
"""Platforms broken on purpose: each defect must be caught by the check that is named with it."""

from __future__ import annotations

from . import boot, clocks, cpu, domu, interrupts, pci, races, xen
from .interrupts import IOAPIC, NO_IOAPIC
from .mutant import Mutant, break_and_run, broken

MUTANTS = tuple(mutant for area in (clocks, boot, cpu, interrupts, pci, races, xen, domu) for mutant in area.MUTANTS)

__all__ = ["IOAPIC", "MUTANTS", "NO_IOAPIC", "Mutant", "break_and_run", "broken"]
