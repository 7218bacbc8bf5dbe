/* SPDX-License-Identifier: BSD-3-Clause */
#define CORE_MAX_CPUS	MACHINE_MAX_CPUS
