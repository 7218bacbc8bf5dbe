/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/start/include/plat/start.h. DO NOT EDIT. */
/*
 * What start.S sets up before any C runs.
 */
#ifndef PLAT_START_H
#define PLAT_START_H

#include <stdint.h>

#define PAGE_TABLE_ENTRIES	512

/* The page tables: the first 4 GiB, one to one, in 2 MiB pages */
extern uint64_t boot_pml4[PAGE_TABLE_ENTRIES];
extern uint64_t boot_pdpt[PAGE_TABLE_ENTRIES];
extern uint64_t boot_pd[4 * PAGE_TABLE_ENTRIES];

/** Goes on in a function that does not return, on another stack. */
_Noreturn void start_on_stack(void (*function)(void), uint64_t stack);

#endif /* PLAT_START_H */
