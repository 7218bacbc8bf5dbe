/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where exceptions and interrupts enter, in vectors.S.
 */
#ifndef PLAT_ENTRY_POINTS_H
#define PLAT_ENTRY_POINTS_H

void asm_trap_divide_error(void);
void asm_trap_debug(void);
void asm_trap_nmi(void);
void asm_trap_int3(void);
void asm_trap_overflow(void);
void asm_trap_bounds(void);
void asm_trap_invalid_op(void);
void asm_trap_no_device(void);
void asm_trap_double_fault(void);
void asm_trap_invalid_tss(void);
void asm_trap_no_segment(void);
void asm_trap_stack_error(void);
void asm_trap_gp_fault(void);
void asm_trap_page_fault(void);
void asm_trap_coproc_error(void);
void asm_trap_alignment_check(void);
void asm_trap_machine_check(void);
void asm_trap_simd_error(void);
void asm_trap_virt_error(void);
void asm_trap_security_error(void);

/* Interrupt entries are equally long, one after the other */
extern char cpu_irq_0[], cpu_irq_1[];

#endif /* PLAT_ENTRY_POINTS_H */
