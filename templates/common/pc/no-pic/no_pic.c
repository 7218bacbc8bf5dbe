/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * This machine has no 8259: its ports may belong to something else and are not
 * written. If there is one, its timer's interrupt would look like a double
 * fault: the CPU's input for it is masked.
 */
#include <plat/interrupts.h>

uint32_t boot_cpu_lint0 = LINT0_MASKED;
