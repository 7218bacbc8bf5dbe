/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/boot/include/plat/boot_stack.h. DO NOT EDIT. */
/*
 * The stack that the core begins on.
 */
#ifndef PLAT_BOOT_STACK_H
#define PLAT_BOOT_STACK_H

#include <stdbool.h>
#include <stdint.h>

struct memory_map;

/**
 * Takes the stack out of a resolved map, with a page for its guard below it.
 * Stops the guest if there is not enough RAM.
 * @return the stack's end
 */
uint64_t boot_stack_take(struct memory_map *map);

/** Unmaps the guard page; page tables can be split by now. */
void boot_stack_guard(void);

/** Whether an address lies in the guard page. */
bool boot_stack_overflowed(uint64_t addr);

#endif /* PLAT_BOOT_STACK_H */
