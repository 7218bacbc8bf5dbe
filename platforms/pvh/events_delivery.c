/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/events/events_delivery.c. DO NOT EDIT. */
/*
 * Xen delivers events in two ways. A per-CPU vector goes through the local APIC
 * and is acknowledged there. The older callback vector is one for all CPUs; Xen
 * injects it past the APIC, as long as events are pending.
 * Source: Xen, public/arch-x86/cpuid.h (leaf 4), public/hvm/params.h.
 */
#include <plat/core.h>
#include <plat/events.h>
#include <plat/hvm_params.h>
#include <plat/hypercall.h>
#include <plat/hypervisor.h>
#include <plat/machine.h>
#include <plat/x86.h>
#include <plat/xen_guest.h>

#define XEN_LEAF_HVM			4
#define XEN_HVM_UPCALL_VECTOR		(1U << 6)
#define CALLBACK_TYPE_VECTOR		(2UL << 56)
#define EVENTS_VECTOR			(EVENTS_IRQ + 32)

static void by_apic(void)
{
	lapic_eoi();
	events_dispatch();
}

static bool by_cpu_vector;

static bool set_cpu_vector(unsigned int cpu)
{
	struct xen_hvm_evtchn_upcall_vector op = {
		.vcpu = cpu,
		.vector = EVENTS_VECTOR,
	};

	return hypercall2(HYPERCALL_HVM_OP, HVMOP_SET_EVTCHN_UPCALL_VECTOR,
			  (uint64_t)&op) >= 0;
}

static bool use_cpu_vector(void)
{
	const uint32_t base = hypervisor_cpuid_base("XenVMMXenVMM");

	return MACHINE_EVENT_UPCALL_VECTOR && lapic_init() &&
	       (cpuid(base + XEN_LEAF_HVM, 0).eax & XEN_HVM_UPCALL_VECTOR) &&
	       set_cpu_vector(0);
}

void events_delivery_set(unsigned int cpu)
{
	/* Any value but 0 tells tools that the guest takes events. */
	const uint64_t callback = by_cpu_vector ? 1 : CALLBACK_TYPE_VECTOR |
						      EVENTS_VECTOR;
	long rc;

	if (by_cpu_vector && !set_cpu_vector(cpu))
		core_crash("Xen: setting the event vector of CPU %u failed",
			   cpu);
	rc = cpu ? 0 : hvm_param_set(HVM_PARAM_CALLBACK_IRQ, callback);
	if (rc < 0 && !by_cpu_vector)
		core_crash("Xen: setting the event callback failed with %ld",
			   rc);
}

void events_delivery_init(void)
{
	/* This image may run elsewhere, too. */
	if (!is_xen_guest())
		return;
	by_cpu_vector = use_cpu_vector();
	core_irq_register(EVENTS_IRQ, by_cpu_vector ? by_apic
						    : events_dispatch);
	events_delivery_set(0);
}

void events_delivery_init_cpu(void)
{
	if (!by_cpu_vector)
		return;
	/* The vector comes through the APIC, so the APIC is enabled first. */
	lapic_init_cpu();
	events_delivery_set(core_cpu());
}
