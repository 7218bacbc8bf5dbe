/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_control.c. DO NOT EDIT. */
/*
 * Unikraft ends a guest in reverse order of initialisation: what is initialised
 * last is terminated first.
 */
#include <uk/init.h>
#include <uk/prio.h>

#include <plat/control.h>

/* The argument of a termination function is constant up to 0.18. */
typedef __typeof__(_Generic((uk_term_func_t)0,
	void (*)(struct uk_term_ctx *) : (struct uk_term_ctx *)0,
	void (*)(const struct uk_term_ctx *) : (const struct uk_term_ctx *)0
)) told_at_end;

static int control_late_init(struct uk_init_ctx *ctx __unused)
{
	return 0;
}

static void core_ends(told_at_end ctx __unused)
{
	control_core_ends();
}

uk_late_initcall_prio(control_late_init, core_ends, UK_PRIO_LATEST);
