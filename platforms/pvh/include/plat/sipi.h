/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/sipi/include/plat/sipi.h. DO NOT EDIT. */
/*
 * Between sipi.c and sipi_start.S.
 */
#ifndef PLAT_SIPI_H
#define PLAT_SIPI_H

#include <stdint.h>

/* The first instructions, in 16-bit code that runs on any page below 1 MiB */
extern const uint8_t sipi_begin[], sipi_end[];

/* What a CPU takes over from the one that starts it */
extern uint64_t sipi_cr0, sipi_cr3, sipi_cr4, sipi_efer;

#endif /* PLAT_SIPI_H */
