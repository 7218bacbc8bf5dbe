/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Event channels of the 2-level kind. A handler runs with interrupts off. Its
 * port is cleared before it runs, so an event that comes meanwhile makes it run
 * again. A handler that brings work for a sleeper calls core_note_work(). Ports
 * belong to the boot CPU unless they were bound to another one.
 */
#ifndef PLAT_EVENTS_H
#define PLAT_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/cpus.h>
#include <plat/lapic.h>

/* The interrupt that brings events, as an irq number */
#define EVENTS_IRQ	(0xf3 - 32)

/*
 * How many of them may have a handler. Xen gives the lowest port that is free:
 * 128 devices, and some ports for each CPU, of 1023 at most by default.
 */
#if CPUS_MAX < 56
#define EVENTS_HANDLERS	(128 + 16 * CPUS_MAX)
#else
#define EVENTS_HANDLERS	1024
#endif /* CPUS_MAX < 56 */

typedef void (*event_handler)(uint32_t port, void *data);

/** Sets the handler of a port that is there already. The port stays masked. */
void events_set_handler(uint32_t port, event_handler handler, void *data);

/** Binds a virtual interrupt of a CPU. @return the port or -errno */
long events_bind_virq(uint32_t virq, unsigned int cpu, event_handler handler,
		      void *data);

/** Makes a port through which CPUs send events to one. @return as above */
long events_bind_ipi(unsigned int cpu, event_handler handler, void *data);

/** Makes a port that `domid` may bind to. @return the port or -errno */
long events_alloc_unbound(uint16_t domid, event_handler handler, void *data);

/** Binds to a port that another domain offers. @return the port or -errno */
long events_bind_interdomain(uint16_t domid, uint32_t remote_port,
			     event_handler handler, void *data);

/** Masks a port, takes its handler away and closes it. */
void events_close(uint32_t port);

/** Masks a port. An event that comes meanwhile is held back, not lost. */
void events_mask(uint32_t port);

/** Unmasks a port. An event that was held back comes now. */
void events_unmask(uint32_t port);

bool events_masked(uint32_t port);

/** Forgets an event that is pending. */
void events_clear(uint32_t port);

/** Sends an event. @return 0 or -errno */
long events_send(uint32_t port);

/** Calls the handlers of this CPU's pending, unmasked ports; interrupts off. */
void events_dispatch(void);

/** Lets Xen deliver events to the boot CPU as interrupt EVENTS_IRQ. */
void events_delivery_init(void);

/** The same for a further CPU, on that CPU. */
void events_delivery_init_cpu(void);

/** Tells Xen how this CPU, `cpu`, gets its events. */
void events_delivery_set(unsigned int cpu);

#endif /* PLAT_EVENTS_H */
