/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk/core_intctlr.c. DO NOT EDIT. */
/*
 * Unikraft's interrupt controllers, where a driver for one is built in.
 */
#include <uk/intctlr.h>

#include <plat/core.h>
#include <plat/core_uk.h>

void core_intctlr_init(void)
{
	const int rc = uk_intctlr_probe();

	if (rc)
		core_crash("interrupt controller: probing failed with %d", rc);
}
