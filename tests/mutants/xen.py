# SPDX-License-Identifier: BSD-3-Clause
"""Xen's interfaces, seen by a PVH dom0."""

from __future__ import annotations

from .cpu import NO_CLAIM, STARTS
from .mutant import XEN, on_xen

MUTANTS = (
    on_xen("crash-is-off", f"{XEN}/xen-power/xen_power.c", [("[POWER_CRASH] = 3", "[POWER_CRASH] = 0")], "panic"),
    on_xen(
        "event-mask-lost",
        f"{XEN}/shared-info/shared_info.c",
        [("shared_info->evtchn_mask[i] = UINT64_MAX;", "shared_info->evtchn_mask[i] = 0;")],
        "event",
    ),
    on_xen(
        "event-lost-behind-the-mask",
        f"{XEN}/events/events.c",
        [("	event_op(EVTCHNOP_UNMASK, &op);", "	(void)op;")],
        "event",
    ),
    on_xen("late-vcpu-takes-its-stack", STARTS, NO_CLAIM, "late_cpu:late,vcpus=2"),
    on_xen(
        "vcpu-info-not-registered",
        f"{XEN}/xen-vcpus/xen_vcpus.c",
        [("	rc = vcpu_info_register(c->id);\n	if (!rc)\n", "")],
        "event_cpus:300,vcpus=2",
        limit=12,
    ),
    on_xen(
        "version-0-without-map",
        f"{XEN}/xen-hypervisor/xen_hypervisor.c",
        [("i < op.nr_entries && i < E820_ENTRIES", "i < 1")],
        "memory_touch:memory=64",
    ),
    on_xen(
        "bound-events-dropped",
        f"{XEN}/events/events.c",
        [
            (
                "all that ever comes: it is kept.\n	 */\n",
                "all that ever comes: it is kept.\n	 */\n	events_clear(port);\n",
            )
        ],
        "event_bind",
    ),
)
