/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the entry points in vectors.S hand over, and the stack they run on.
 */
#ifndef PLAT_VECTORS_H
#define PLAT_VECTORS_H

#include <uk/plat/config.h>

#define VECTOR_EXCEPTION	uk_plat_native_except_err_handler
#define VECTOR_INTERRUPT	uk_plat_native_except_irq_handler
#define VECTOR_STACK_SIZE	CPU_EXCEPT_STACK_SIZE

#endif /* PLAT_VECTORS_H */
