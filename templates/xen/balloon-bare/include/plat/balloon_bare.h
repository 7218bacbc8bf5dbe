/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who wants to use free memory without a core looks here what is free now.
 */
#ifndef PLAT_BALLOON_BARE_H
#define PLAT_BALLOON_BARE_H

#include <stdbool.h>
#include <stdint.h>

/** One of the free ranges, by its number. @return false if there is none */
bool balloon_bare_range(unsigned int i, uint64_t *start, uint64_t *end);

#endif /* PLAT_BALLOON_BARE_H */
