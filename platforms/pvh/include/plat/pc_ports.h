/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pc-ports/include/plat/pc_ports.h. DO NOT EDIT. */
/*
 * Where text can leave a PC, for C and assembly. Xen and QEMU show what is
 * written to the debug port; COM1 is a 16550.
 * Source: Xen, docs/misc/pvh.pandoc; QEMU, hw/char/debugcon.c; National
 * Semiconductor, PC16550D data sheet
 */
#ifndef PLAT_PC_PORTS_H
#define PLAT_PC_PORTS_H

#define DEBUG_PORT	0xe9

#define COM1_DATA	0x3f8
#define COM1_LSR	(COM1_DATA + 5)
#define LSR_DATA	0x01	/* a byte has come */
#define LSR_THRE	0x20	/* there is room for one to go */

#endif /* PLAT_PC_PORTS_H */
