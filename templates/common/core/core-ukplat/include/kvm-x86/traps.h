/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unikraft's entry of system calls asks a header of this name for the two
 * selectors that it puts into its frame.
 */
#ifndef KVM_X86_TRAPS_H
#define KVM_X86_TRAPS_H

#include <plat/x86_bits.h>

#define GDT_DESC_CODE		BOOT_CS
#define GDT_DESC_DATA		BOOT_DS
#define GDT_DESC_OFFSET(entry)	(entry)

#endif /* KVM_X86_TRAPS_H */
