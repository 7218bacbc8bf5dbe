/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/cpus/include/plat/cpu_table.h. DO NOT EDIT. */
/*
 * An entry of the table of CPUs, for C and assembly.
 */
#ifndef PLAT_CPU_TABLE_H
#define PLAT_CPU_TABLE_H

#define CPU_ID			0
#define CPU_APIC_ID		4
#define CPU_STACK		8
#define CPU_STATE		16
#define CPU_SIZE		24

#define CPU_STATE_FOUND		0	/* there, but not started */
#define CPU_STATE_STARTING	1
#define CPU_STATE_CLAIMED	2	/* it has begun and owns its stack */
#define CPU_STATE_RUNNING	3
#define CPU_STATE_SILENT	4	/* did not answer, is not used */

#endif /* PLAT_CPU_TABLE_H */
