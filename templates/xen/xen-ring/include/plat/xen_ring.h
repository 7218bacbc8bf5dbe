/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Source: Xen, public/io/console.h. Indices run freely and wrap; each side
 * writes its own two.
 */
#ifndef PLAT_XEN_RING_H
#define PLAT_XEN_RING_H

#include <stddef.h>
#include <stdint.h>

#include <plat/console.h>

#define XENCONS_IN	1024
#define XENCONS_OUT	2048

struct xencons_interface {
	char in[XENCONS_IN];
	char out[XENCONS_OUT];
	uint32_t in_cons, in_prod;
	uint32_t out_cons, out_prod;
};

_Static_assert(offsetof(struct xencons_interface, in_cons) == 3072,
	       "console ring in_cons");
_Static_assert(offsetof(struct xencons_interface, out_prod) == 3084,
	       "console ring out_prod");

/** Its init() takes the ring anew that Xen names, its flush() the port. */
extern const struct console xen_ring;

#endif /* PLAT_XEN_RING_H */
