/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/xen/xen-vcpus/xen_vcpus.c. DO NOT EDIT. */
/*
 * Xen names vCPUs 0, 1, 2 ..., as we do. They begin in 64-bit mode at once.
 */
#include <plat/cpus.h>
#include <plat/hypercall.h>
#include <plat/madt.h>
#include <plat/shared_info.h>
#include <plat/x86.h>
#include <plat/xen_guest.h>
#include <plat/xen_vcpu.h>

/* As in the MADT; each vCPU reads its real APIC id when it runs. */
#define APIC_IDS_PER_VCPU	2

static long vcpu_op(unsigned int op, uint32_t vcpu, void *arg)
{
	return hypercall3(HYPERCALL_VCPU_OP, op, vcpu, (uint64_t)arg);
}

static void vcpu_available(uint32_t apic_id)
{
	const uint32_t vcpu = apic_id / APIC_IDS_PER_VCPU;

	if (vcpu && vcpu_op(VCPUOP_IS_UP, vcpu, NULL) >= 0)
		cpus_add(vcpu, apic_id);
}

/*
 * Xen knows as many vCPUs as there may ever be (maxvcpus). Which of them the
 * guest may use (vcpus) stands in the MADT that the toolstack makes.
 */
static bool xen_vcpus_find(struct memory_map *map)
{
	const struct acpi_madt *madt;
	uint32_t vcpu;

	(void)map;
	if (!is_xen_guest())
		return false;
	madt = madt_find();
	if (madt) {
		madt_cpus(madt, vcpu_available);
		return true;
	}
	for (vcpu = 1; vcpu_op(VCPUOP_IS_UP, vcpu, NULL) >= 0; vcpu++)
		cpus_add(vcpu, vcpu * APIC_IDS_PER_VCPU);
	return true;
}

static int xen_vcpus_start(const struct cpu *c)
{
	struct vcpu_hvm_context context = {
		.mode = VCPU_HVM_MODE_64B,
		.cpu_regs.x86_64 = {
			.rdi = (uint64_t)c,
			.rip = (uint64_t)cpu_start64,
			.cr0 = read_cr0(),
			.cr3 = read_cr3(),
			.cr4 = read_cr4(),
			.efer = rdmsr(MSR_EFER),
		},
	};
	const uint64_t flags = irq_save();
	long rc;

	/*
	 * Before the vCPU is up, so that it begins with a valid clock; in one
	 * go, so that the guest is not suspended in between.
	 */
	rc = vcpu_info_register(c->id);
	if (!rc)
		rc = vcpu_op(VCPUOP_INITIALISE, c->id,
			     &context);
	if (!rc)
		rc = vcpu_op(VCPUOP_UP, c->id, NULL);
	irq_restore(flags);
	return (int)rc;
}

const struct cpu_starter xen_vcpus = {
	.name = "Xen",
	.find = xen_vcpus_find,
	.start = xen_vcpus_start,
};
