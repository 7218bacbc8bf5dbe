# SPDX-License-Identifier: BSD-3-Clause
"""What a CPU's state is: control registers, traps, further CPUs, power."""

from __future__ import annotations

from .mutant import COMMON, Mutant

CPU = f"{COMMON}/cpu/cpu/cpu.c"
VECTORS = f"{COMMON}/cpu/vectors/vectors.S"
STARTS = f"{COMMON}/cpu/cpus/cpus_start.S"
NO_CLAIM = [("	jne	too_late\n", "")]
POWER = f"{COMMON}/pc/acpi-power/acpi_power.c"

MUTANTS = (
    Mutant(
        "interrupt-stack-unguarded",
        f"{COMMON}/cpu/traps/descriptors.c",
        [
            (
                "		page_tables_unmap((uint64_t)stacks[i].guard);",
                "		if (i)\n			page_tables_unmap((uint64_t)stacks[i].guard);",
            )
        ],
        "stack_guard:interrupt",
    ),
    Mutant("smep-left-off", CPU, [("		cr4 |= CR4_SMEP;", "		cr4 |= 0;")], "smep"),
    Mutant("smap-left-off", CPU, [("		cr4 |= CR4_SMAP;", "		cr4 |= 0;")], "smap:write"),
    Mutant("umip-left-off", CPU, [("		cr4 |= CR4_UMIP;", "		cr4 |= 0;")], "pinned:intact"),
    Mutant("machine-checks-left-off", CPU, [("		cr4 |= CR4_MCE;", "		cr4 |= 0;")], "machine_check"),
    Mutant("stray-flags-not-noticed", CPU, [("if (flags & STRAY_FLAGS)", "if (!flags)")], "pinned:flags"),
    Mutant("mxcsr-left-0", CPU, [("		.mxcsr = MXCSR_DEFAULT,\n", "")], "fresh_state:vcpus=4"),
    Mutant(
        "fpu-not-read-back", CPU, [("	check_fpu();\n	check(", "	(void)check_fpu;\n	check(")], "pinned:mxcsr"
    ),
    Mutant("registers-not-read-back", CPU, [("(has & pinned) != pinned", "!has && pinned")], "pinned:wp"),
    Mutant(
        "double-fault-shares-a-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_DOUBLE_FAULT;", "return TRAP_STACK_FAULT;")],
        "double_fault",
    ),
    Mutant(
        "debugger-shares-the-nmi-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_DEBUG;", "return TRAP_STACK_NMI;")],
        "nested_traps",
    ),
    Mutant(
        "breakpoint-shares-a-stack",
        f"{COMMON}/cpu/traps/descriptors.c",
        [("return TRAP_STACK_BREAKPOINT;", "return TRAP_STACK_DEBUG;")],
        "nested_traps",
    ),
    Mutant(
        "interrupt-handled-with-interrupts-off",
        VECTORS,
        [("	testl	$RFLAGS_IF, 152(%rsp)\n	jz	2f\n", "")],
        "irq_masked:elsewhere",
    ),
    Mutant("lost-frame-not-noticed", VECTORS, [("	jae	1b\n", "	jmp	1b\n")], "irq_masked:twice"),
    Mutant(
        "interrupt-spoils-sse",
        f"{COMMON}/cpu/traps/traps.c",
        [("	if (irq_handlers[irq])\n", '	__asm__("pxor %xmm9, %xmm9");\n	if (irq_handlers[irq])\n')],
        "fpu",
    ),
    Mutant(
        "interrupt-reads-before-the-program",
        f"{COMMON}/cpu/traps/traps.c",
        [
            (
                "	frame->rip = halt_leave(",
                "	(void)((volatile char *)frame->rip)[-1];\n	frame->rip = halt_leave(",
            )
        ],
        "page_start",
    ),
    Mutant("reboot-is-off", POWER, [("how != POWER_REBOOT", "how <= POWER_CRASH")], "power:reboot"),
    Mutant(
        "call-without-eoi",
        f"{COMMON}/cpu/smp-call/smp.c",
        [("	lapic_eoi();\n", "")],
        "smp:2/20000,vcpus=2",
        limit=12,
    ),
    Mutant(
        "cpus-share-stacks",
        f"{COMMON}/cpu/cpus/cpus.c",
        [("for (i = 1; i < cpus_count; i++, at += size)", "for (i = 1; i < cpus_count; i++)")],
        "smp:4/1000,vcpus=4",
    ),
    Mutant("late-cpu-takes-its-stack", STARTS, NO_CLAIM, "late_cpu:late,vcpus=2"),
    Mutant(
        "slow-cpu-given-up",
        f"{COMMON}/cpu/cpus/cpus.c",
        [("if (!leaves(c, CPU_STATE_CLAIMED, begin + CLAIMED_NSEC))", "if (is(c, UINT32_MAX))")],
        "late_cpu:slow,vcpus=2",
    ),
)
