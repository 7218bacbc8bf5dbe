/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/cpu/x86/include/plat/lock.h. DO NOT EDIT. */
/*
 * For registers that take several accesses: no other CPU and no interrupt of
 * this one may come in between. Interrupts are off while a lock is held, so an
 * interrupt's handler may take it as well.
 */
#ifndef PLAT_LOCK_H
#define PLAT_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/x86.h>

/** Takes a lock that is false while it is free. @return for lock_release() */
static inline uint64_t lock_take(bool *lock)
{
	const uint64_t flags = irq_save();

	while (__atomic_exchange_n(lock, true, __ATOMIC_ACQUIRE))
		__builtin_ia32_pause();
	return flags;
}

static inline void lock_release(bool *lock, uint64_t flags)
{
	__atomic_store_n(lock, false, __ATOMIC_RELEASE);
	irq_restore(flags);
}

#endif /* PLAT_LOCK_H */
