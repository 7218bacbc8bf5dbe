/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header, as far as the platform needs it.
 */
#ifndef FUZZ_UK_INTCTLR_H
#define FUZZ_UK_INTCTLR_H

int uk_intctlr_irq_register(unsigned int irq, int (*handler)(void *arg),
			    void *arg);

#endif /* FUZZ_UK_INTCTLR_H */
