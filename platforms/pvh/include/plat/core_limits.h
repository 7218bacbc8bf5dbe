/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-limits-uk021/include/plat/core_limits.h. DO NOT EDIT. */
/*
 * What Unikraft's configuration says before anything is compiled.
 */
#ifndef PLAT_CORE_LIMITS_H
#define PLAT_CORE_LIMITS_H

#include <uk/config.h>
#include <uk/arch/limits.h>

#if CONFIG_HAVE_SMP
#define CORE_MAX_CPUS	CONFIG_UKPLAT_CPU_MAXCOUNT
#else
#define CORE_MAX_CPUS	1
#endif /* CONFIG_HAVE_SMP */

/* Bytes of the stack that Unikraft begins on */
#define CORE_STACK_SIZE	__STACK_SIZE

#endif /* PLAT_CORE_LIMITS_H */
