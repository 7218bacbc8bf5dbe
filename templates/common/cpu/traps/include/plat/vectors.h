/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the entry points in vectors.S hand over, and the stack they run on.
 */
#ifndef PLAT_VECTORS_H
#define PLAT_VECTORS_H

#define VECTOR_EXCEPTION	trap_exception
#define VECTOR_INTERRUPT	trap_interrupt
#define VECTOR_STACK_SIZE	0x8000

#endif /* PLAT_VECTORS_H */
