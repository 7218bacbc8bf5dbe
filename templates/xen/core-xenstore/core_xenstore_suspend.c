/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's client sets its watches once, and the store of a new domain does
 * not know them.
 */
#include <plat/suspend.h>

static const char *core_client_obstacle(void)
{
	return "Unikraft's client of xenstore does not set its watches again";
}

const struct suspend_part core_xenstore_part = {
	.obstacle = core_client_obstacle,
};
