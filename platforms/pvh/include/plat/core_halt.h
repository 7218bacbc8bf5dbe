/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/include/plat/core_halt.h. DO NOT EDIT. */
/*
 * Since 0.21 an interrupt is an event. Whoever handles it first ends the halt.
 */
#ifndef PLAT_CORE_HALT_H
#define PLAT_CORE_HALT_H

#include <uk/lcpu.h>

#include <plat/halt.h>

/** Has an interrupted CPU continue where plat/halt.h says. */
static inline void core_leave_halt(struct uk_lcpu_except_irq_ctx *ctx)
{
	struct uk_lcpu_regs *const regs = uk_lcpu_except_irq_ctx_get_regs(ctx);
	const __u64 pc = uk_lcpu_regs_get(regs, PC);

	if (halt_leave(pc) != pc)
		uk_lcpu_regs_set(regs, PC, halt_leave(pc));
}

#endif /* PLAT_CORE_HALT_H */
