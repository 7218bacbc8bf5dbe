/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/cpu/include/plat/cpu.h. DO NOT EDIT. */
#ifndef PLAT_CPU_H
#define PLAT_CPU_H

/**
 * Switches on what this CPU has of FPU, SSE, XSAVE with AVX and
 * AVX-512, FSGSBASE, SMEP, SMAP and UMIP, and lets machine checks come as
 * exceptions. Protection keys stay off: cores do not save their register. The
 * first C code to run: compiled without any of these. FPU and SSE begin with
 * the state that compiled code expects.
 */
void cpu_init(void);

/**
 * Reads back the control registers, RFLAGS and the FPU's and SSE's control
 * words at the end of the boot: stops the guest if write protection, NX, SMEP,
 * SMAP, UMIP or machine checks were lost on the way, or compiled code would run
 * differently.
 */
void cpu_check(void);

#endif /* PLAT_CPU_H */
