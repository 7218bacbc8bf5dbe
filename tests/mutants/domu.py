# SPDX-License-Identifier: BSD-3-Clause
"""What a domU under xl shows alone; all of them boot in one Xen."""

from __future__ import annotations

from .mutant import COMMON, XEN, as_domu

MUTANTS = (
    as_domu(
        "memory-that-is-not-there",
        f"{XEN}/xen-hypervisor/xen_hypervisor.c",
        [("wanted <= (uint64_t)has", "wanted > 0")],
        "memory_touch:memory=64,maxmem=256",
    ),
    as_domu(
        "pages-kept-for-later",
        f"{XEN}/balloon/balloon.c",
        [("	if (balloon_spare_disclaim())\n		return true;\n", "")],
        "balloon:2,maxmem=128",
        limit=12,
    ),
    as_domu(
        "holes-given-to-the-core",
        f"{XEN}/balloon/balloon.c",
        [("} else if (!balloon_populate(&run)) {", "} else if (!run.at) {")],
        "balloon:3,maxmem=128",
        limit=12,
    ),
    as_domu(
        "memory-believed",
        f"{XEN}/balloon/balloon_pages.c",
        [
            (
                "		reservation(XENMEM_DECREASE_RESERVATION, done, 0);\n	return done == count;",
                "		return true;\n	return true;",
            )
        ],
        "balloon:3,maxmem=128",
        limit=12,
    ),
    as_domu(
        "memory-without-a-floor",
        f"{XEN}/balloon/balloon.c",
        [("if (lack && lack + FLOOR_KIB", "if (!lack && lack + FLOOR_KIB")],
        "balloon:3,maxmem=128",
        limit=12,
    ),
    as_domu(
        "all-vcpus-taken",
        f"{XEN}/xen-vcpus/xen_vcpus.c",
        [("	if (madt) {", "	if (!map) {")],
        "smp:2/200,vcpus=2,maxvcpus=4",
    ),
    as_domu(
        "notices-mirror-all",
        f"{COMMON}/core/core-bare/core.c",
        [
            (
                "void core_error(const char *fmt, ...)\n{\n	va_list args;\n",
                "void core_error(const char *fmt, ...)\n{\n	va_list args;\n\n	console_everywhere();\n",
            )
        ],
        "notice",
    ),
    as_domu(
        "last-words-on-one-console",
        f"{COMMON}/power/power/power.c",
        [("		console_everywhere();", "		(void)how;")],
        "exception_ud",
    ),
    as_domu("console-deaf", f"{XEN}/xen-ring/xen_ring.c", [("		events_unmask(port);\n", "")], "console_in", 12),
    as_domu(
        "store-not-looked-at-again",
        f"{XEN}/xenstore/xenstore.c",
        [("	if (was_silent)\n		xenstore_look_again();\n", "	(void)was_silent;\n")],
        "store_silent",
    ),
    as_domu(
        "store-believed",
        f"{XEN}/xenstore/xenstore_questions.c",
        [(" || q->id != ring->header.id", "")],
        "store_forged:number",
    ),
)
