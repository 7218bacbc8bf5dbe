/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-uk021/include/plat/core_stacks.h. DO NOT EDIT. */
#ifndef PLAT_CORE_STACKS_H
#define PLAT_CORE_STACKS_H

#include <stdint.h>

/** Tells which stack's guard page an address lies in, or NULL. */
const char *core_stacks_guard_name(uint64_t addr);

#endif /* PLAT_CORE_STACKS_H */
