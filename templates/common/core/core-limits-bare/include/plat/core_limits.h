/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the core's configuration says before anything is compiled.
 */
#ifndef PLAT_CORE_LIMITS_H
#define PLAT_CORE_LIMITS_H

#include <plat/machine.h>

/* As many CPUs as the machine may have, if the build does not say otherwise */
#ifndef CORE_MAX_CPUS
#define CORE_MAX_CPUS	MACHINE_MAX_CPUS
#endif /* !CORE_MAX_CPUS */

/* Bytes of the stack that main() runs on */
#define CORE_STACK_SIZE	0x8000

#endif /* PLAT_CORE_LIMITS_H */
