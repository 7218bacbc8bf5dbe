/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/kvm/kvm-hypervisor/kvm_hypervisor.c. DO NOT EDIT. */
/*
 * Machines without hypervisor calls: all they have to say is in the boot
 * protocol's block, in tables and in devices. QEMU shows no CPUID leaf without
 * KVM, and a monitor may hide KVM's, so any machine will do.
 */
#include <plat/hypervisor.h>

static bool kvm_found(void)
{
	return true;
}

const struct hypervisor kvm_hypervisor = {
	.name = "KVM",
	.find = kvm_found,
};
