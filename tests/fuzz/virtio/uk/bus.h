/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header: the one bus there is.
 */
#ifndef FUZZ_UK_BUS_H
#define FUZZ_UK_BUS_H

#include <uk/alloc.h>

struct uk_bus {
	int (*init)(struct uk_alloc *a);
	int (*probe)(void);
};

#define UK_BUS_REGISTER_PRIORITY(b, priority)	\
	struct uk_bus *const fuzzed_bus = (b)

#endif /* FUZZ_UK_BUS_H */
