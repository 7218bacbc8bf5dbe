/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Nobody may write to ports that may belong to something else. But an 8259 that
 * is there all the same would have its timer's interrupt taken for a double
 * fault, so its way into the processor is closed.
 */
#include <plat/interrupts.h>

const uint32_t boot_cpu_lint0 = LINT0_MASKED;
