# SPDX-License-Identifier: BSD-3-Clause
"""Clocks, timers and sleep."""

from __future__ import annotations

from .mutant import COMMON, Mutant, on_xen

MUTANTS = (
    on_xen(
        "pvclock-shift",
        f"{COMMON}/time/pvclock/pvclock.c",
        [("delta >>= -shift", "delta >>= 1 - shift"), ("delta <<= shift", "delta <<= 1")],
        "clock_rate:100",
    ),
    Mutant(
        "tsc-scale",
        f"{COMMON}/time/tsc-clock/tsc_clock.c",
        [("<< 32) / hz;", "<< 32) / hz;\n	scale += scale >> 9;")],
        "clock_rate:150",
    ),
    Mutant(
        "clock-goes-back",
        f"{COMMON}/time/tsc-clock/tsc_clock.c",
        [("clock_alone(clock_start, now());", "clock_alone(clock_start, now()) ^ 0x8000;")],
        "clock_monotonic:1000000",
    ),
    on_xen(
        "clock-of-many-goes-back",
        f"{COMMON}/time/clock/clock.c",
        [("	if ((int64_t)now < 0)\n", "	if (now)\n		return now ^ 0x8000;\n	if ((int64_t)now < 0)\n")],
        "clock_monotonic:20000",
    ),
    Mutant("date-a-day-off", f"{COMMON}/pc/cmos/cmos.c", [("day - 1 - 719468", "day - 719468")], "wall_clock"),
    Mutant(
        "date-read-once",
        f"{COMMON}/time/clock/clock.c",
        [("if (!wall_known || now - wall_read >= every)", "if (!wall_known || now + every == 0)")],
        "wall_pause",
    ),
    Mutant(
        "sleep-ends-with-any-interrupt",
        f"{COMMON}/time/timer/timer.c",
        [("arm(now, until);", "arm(now, now + (until - now) / 2);"), ("if (core_take_pending_work())", "if (true)")],
        "sleep:10",
    ),
)
