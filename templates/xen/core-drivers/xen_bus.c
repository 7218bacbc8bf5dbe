/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's xenbus is compiled to register here: where Xen is not, it does not
 * exist, and nobody waits for it.
 */
#include <uk/bus.h>

#include <plat/xen_guest.h>

void xen_bus_register(struct uk_bus *b);

void xen_bus_register(struct uk_bus *b)
{
	if (is_xen_guest())
		_uk_bus_register(b);
}
