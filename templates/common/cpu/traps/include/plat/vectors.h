/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the entry points in vectors.S hand over.
 */
#ifndef PLAT_VECTORS_H
#define PLAT_VECTORS_H

#define VECTOR_EXCEPTION	trap_exception
#define VECTOR_INTERRUPT	trap_interrupt

#endif /* PLAT_VECTORS_H */
