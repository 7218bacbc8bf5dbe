/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/vectors/include/plat/entry_points.h. DO NOT EDIT. */
/*
 * Where exceptions and interrupts enter, in vectors.S.
 */
#ifndef PLAT_ENTRY_POINTS_H
#define PLAT_ENTRY_POINTS_H

#define DECLARE_EXCEPTION(name)	void asm_trap_##name(void);
#define ALL_EXCEPTIONS(X)						\
	X(divide_error) X(debug) X(nmi) X(int3) X(overflow) X(bounds)	\
	X(invalid_op) X(no_device) X(double_fault) X(invalid_tss)	\
	X(no_segment) X(stack_error) X(gp_fault) X(page_fault)		\
	X(coproc_error) X(alignment_check) X(machine_check)		\
	X(simd_error) X(virt_error) X(security_error)
ALL_EXCEPTIONS(DECLARE_EXCEPTION)

/* Interrupt entries are equally long, one after the other */
extern char cpu_irq_0[], cpu_irq_1[];

#endif /* PLAT_ENTRY_POINTS_H */
