/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/events.c. DO NOT EDIT. */
/*
 * Source: Xen, public/event_channel.h, public/xen.h (shared_info, vcpu_info).
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/cpus.h>
#include <plat/events.h>
#include <plat/events_state.h>
#include <plat/hypercall.h>
#include <plat/interrupts.h>
#include <plat/shared_info.h>
#include <plat/xen_events.h>
#include <plat/xen_memory.h>

#define WORD_BITS	64

struct events_handler events_handlers[EVENTS_HANDLERS];
uint8_t events_port_cpu[EVENTS_HANDLERS];

_Static_assert(CPUS_MAX <= UINT8_MAX + 1, "ports know their CPU");

static volatile uint64_t *pending_word(uint32_t port)
{
	return &shared_info->evtchn_pending[port / WORD_BITS];
}

static volatile uint64_t *mask_word(uint32_t port)
{
	return &shared_info->evtchn_mask[port / WORD_BITS];
}

static uint64_t bit(uint32_t port)
{
	return 1UL << (port % WORD_BITS);
}

static long event_op(unsigned int op, void *arg)
{
	return hypercall2(HYPERCALL_EVENT_CHANNEL_OP, op, (uint64_t)arg);
}

void events_mask(uint32_t port)
{
	__atomic_fetch_or(mask_word(port), bit(port), __ATOMIC_SEQ_CST);
}

bool events_masked(uint32_t port)
{
	return *mask_word(port) & bit(port);
}

void events_clear(uint32_t port)
{
	__atomic_fetch_and(pending_word(port), ~bit(port), __ATOMIC_SEQ_CST);
}

void events_unmask(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	/*
	 * If the event comes (1) before the mask bit is cleared, Xen raises no
	 * interrupt, but sets the pending bit, which is seen below; (2) between
	 * the two, Xen raises an interrupt and it may be seen below as well,
	 * which costs an interrupt that finds nothing; (3) after both, Xen
	 * raises an interrupt.
	 *
	 * EVTCHNOP_unmask raises what is pending, but only if it finds the port
	 * masked.
	 */
	__atomic_fetch_and(mask_word(port), ~bit(port), __ATOMIC_SEQ_CST);
	if (!(*pending_word(port) & bit(port)))
		return;
	events_mask(port);
	event_op(EVTCHNOP_UNMASK, &op);
}

void events_set_handler(uint32_t port, event_handler handler, void *data)
{
	if (port >= EVENTS_HANDLERS)
		core_crash("events: port %u is out of range", port);
	events_handlers[port].call = NULL;
	events_handlers[port].data = data;
	__atomic_store_n(&events_handlers[port].call, handler,
			 __ATOMIC_RELEASE);
}

static long bound(long rc, uint32_t port, unsigned int cpu,
		  event_handler handler, void *data)
{
	if (rc < 0)
		return rc;
	if (port < EVENTS_HANDLERS)
		events_port_cpu[port] = (uint8_t)cpu;
	/*
	 * The port is masked: shared_info_map() and events_close() leave all
	 * ports so. If the first event comes (1) with the binding itself,
	 * (2) before the handler is set or (3) before the caller unmasks the
	 * port, it stays pending and events_unmask() raises it. It may be
	 * all that ever comes: it is kept.
	 */
	events_mask(port);
	events_set_handler(port, handler, data);
	return port;
}

long events_bind_virq(uint32_t virq, unsigned int cpu, event_handler handler,
		      void *data)
{
	struct evtchn_bind_virq op = { .virq = virq, .vcpu = cpu };
	long rc = event_op(EVTCHNOP_BIND_VIRQ, &op);

	return bound(rc, op.port, cpu, handler, data);
}

long events_bind_ipi(unsigned int cpu, event_handler handler, void *data)
{
	struct evtchn_bind_ipi op = { .vcpu = cpu };
	long rc = event_op(EVTCHNOP_BIND_IPI, &op);

	return bound(rc, op.port, cpu, handler, data);
}

long events_alloc_unbound(uint16_t domid, event_handler handler, void *data)
{
	struct evtchn_alloc_unbound op = {
		.dom = DOMID_SELF,
		.remote_dom = domid,
	};
	long rc = event_op(EVTCHNOP_ALLOC_UNBOUND, &op);

	return bound(rc, op.port, 0, handler, data);
}

long events_bind_interdomain(uint16_t domid, uint32_t remote_port,
			     event_handler handler, void *data)
{
	struct evtchn_bind_interdomain op = {
		.remote_dom = domid,
		.remote_port = remote_port,
	};
	long rc = event_op(EVTCHNOP_BIND_INTERDOMAIN, &op);

	/* Xen makes an event pending itself: the peer may have sent before. */
	return bound(rc, op.local_port, 0, handler, data);
}

void events_close(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	/*
	 * If an event comes (1) before the port is masked, the handler takes
	 * it; (2) between that and the hypercall, it stays pending and is
	 * cleared below, so that the port's next user does not find it;
	 * (3) after the hypercall, Xen drops it.
	 */
	events_mask(port);
	events_set_handler(port, NULL, NULL);
	event_op(EVTCHNOP_CLOSE, &op);
	events_clear(port);
	events_port_cpu[port] = 0;
}

long events_send(uint32_t port)
{
	struct evtchn_port op = { .port = port };

	return event_op(EVTCHNOP_SEND, &op);
}

static void dispatch_port(uint32_t port)
{
	event_handler call;

	/*
	 * If the event comes again (1) before it is cleared, one call of the
	 * handler serves both; (2) after it, also within the handler, it is
	 * pending again and the handler is called again.
	 */
	events_clear(port);
	call = port < EVENTS_HANDLERS ? events_handlers[port].call : NULL;
	if (call)
		call(port, events_handlers[port].data);
	else
		events_mask(port);
}

static unsigned int cpu_of(uint32_t port)
{
	return port < EVENTS_HANDLERS ? events_port_cpu[port] : 0;
}

/*
 * Looks at each pending port once. A port of another CPU is left to that CPU,
 * whose selector Xen has set, too.
 */
static void dispatch_word(unsigned int word, unsigned int cpu)
{
	uint64_t active = shared_info->evtchn_pending[word] &
			  ~shared_info->evtchn_mask[word];
	uint32_t port;

	for (; active; active &= active - 1) {
		port = word * WORD_BITS + (uint32_t)__builtin_ctzl(active);
		if (cpu_of(port) == cpu)
			dispatch_port(port);
	}
}

void events_dispatch(void)
{
	const unsigned int cpu = core_cpu();
	volatile struct vcpu_info *vcpu = vcpu_info(cpu);
	uint64_t words;

	/*
	 * Xen sets the port's pending bit, then its word's bit in the selector,
	 * then the flag; this goes the other way. If an event comes (1) before
	 * the flag is cleared, this turn of the loop finds it; (2) between flag
	 * and selector, this turn finds it as well, and a further turn finds
	 * nothing; (3) after the selector is cleared, the flag is set again and
	 * the next turn finds it; (4) after the last look at the flag, Xen
	 * raises another interrupt.
	 */
	while (__atomic_exchange_n(&vcpu->evtchn_upcall_pending, 0,
				   __ATOMIC_SEQ_CST)) {
		words = __atomic_exchange_n(&vcpu->evtchn_pending_sel, 0,
					    __ATOMIC_SEQ_CST);
		for (; words; words &= words - 1)
			dispatch_word((unsigned int)__builtin_ctzl(words),
				      cpu);
	}
}

const struct interrupt_controller xen_events = {
	.name = "Xen events",
	.init = events_delivery_init,
	.init_cpu = events_delivery_init_cpu,
};
