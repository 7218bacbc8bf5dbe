/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/boot/machine/include/plat/machine.h.j2 and platforms/pvh.yaml. DO NOT EDIT. */
/*
 * Numbers of this machine.
 */
#ifndef PLAT_MACHINE_H
#define PLAT_MACHINE_H

#define MACHINE_MAX_CPUS	64
#define MACHINE_EVENT_UPCALL_VECTOR	1
#define MACHINE_DEBUG_PORT_READBACK	1
#define MACHINE_TRIPLE_FAULT	1
#define MACHINE_LAPIC_TIMER_HZ	1000000000
#define MACHINE_LOAD_MIB	1

#endif /* PLAT_MACHINE_H */
