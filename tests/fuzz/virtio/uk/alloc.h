/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header, as far as the platform needs it.
 */
#ifndef FUZZ_UK_ALLOC_H
#define FUZZ_UK_ALLOC_H

#include <stddef.h>

struct uk_alloc;

void *uk_calloc(struct uk_alloc *a, size_t count, size_t size);
void uk_free(struct uk_alloc *a, void *what);

#endif /* FUZZ_UK_ALLOC_H */
