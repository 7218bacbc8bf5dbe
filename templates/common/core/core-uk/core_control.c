/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of the guest in Unikraft's own order begins with what was initialised
 * last.
 */
#include <uk/init.h>
#include <uk/prio.h>

#include <plat/control.h>

/* What a function of the end is told is constant up to 0.18. */
typedef __typeof__(_Generic((uk_term_func_t)0,
			    void (*)(struct uk_term_ctx *):
				    (struct uk_term_ctx *)0,
			    default:
				    (const struct uk_term_ctx *)0)) told_at_end;

static int nothing_to_do(struct uk_init_ctx *ctx __unused)
{
	return 0;
}

static void core_ends(told_at_end ctx __unused)
{
	control_core_ends();
}

uk_late_initcall_prio(nothing_to_do, core_ends, UK_PRIO_LATEST);
