/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/msix/msix.c. DO NOT EDIT. */
/*
 * The function's own mask holds all messages back while entries change. A
 * message has room for the APIC ids of 8 bits; hypervisors that say so take 7
 * more bits where the address had none. Source: Linux,
 * Documentation/virt/kvm/cpuid.rst (KVM_FEATURE_MSI_EXT_DEST_ID).
 */
#include <stddef.h>

#include <plat/cpus.h>
#include <plat/hypervisor.h>
#include <plat/lapic.h>
#include <plat/msix.h>
#include <plat/x86.h>

#define CAPABILITY_MSIX		0x11
#define MSIX_SIZE		12U
#define CONTROL_SIZE		0x07ff0000U	/* entries less one */
#define CONTROL_MASK		(1U << 30)
#define CONTROL_ENABLE		(1U << 31)
#define TABLE_BAR		7U

/* Words of an entry */
#define ENTRY_WORDS	4
#define ENTRY_LOW	0
#define ENTRY_HIGH	1
#define ENTRY_DATA	2
#define ENTRY_CONTROL	3
#define ENTRY_MASKED	1U

#define MESSAGE_ADDRESS	0xfee00000U
#define LAST_SHORT_ID	254U		/* 255 means all CPUs */
#define LAST_LONG_ID	0x7fffU
#define KVM_FEATURES	1
#define KVM_LONG_IDS	(1U << 15)

static bool takes_long_ids(void)
{
	const uint32_t base = hypervisor_cpuid_base("KVMKVMKVM\0\0\0");

	return base && cpuid(base + KVM_FEATURES, 0).eax & KVM_LONG_IDS;
}

static uint32_t apic_id(unsigned int cpu)
{
	if (cpus_count == 1)
		return lapic_id();	/* its own, nobody else asks */
	return cpus_has(cpu) ? cpus[cpu].apic_id : cpus[0].apic_id;
}

static uint32_t message_address(unsigned int cpu)
{
	uint32_t id = apic_id(cpu);

	if (id > LAST_SHORT_ID && (id > LAST_LONG_ID || !takes_long_ids()))
		id = apic_id(0);
	return MESSAGE_ADDRESS | (id & 0xff) << 12 | (id >> 8 & 0x7f) << 5;
}

static volatile uint32_t *msix_entry(const struct msix *m, unsigned int entry)
{
	return m->table + entry * ENTRY_WORDS;
}

static void set_control(const struct msix *m, uint32_t bits)
{
	const uint32_t old = pci_read(&m->function, m->capability);

	pci_write(&m->function, m->capability,
		  (old & ~(CONTROL_MASK | CONTROL_ENABLE)) | bits);
}

bool msix_find(const struct pci_function *f, struct msix *m)
{
	struct pci_capabilities c = pci_capabilities(f);
	uint32_t table;
	unsigned int i;

	m->function = *f;
	m->capability = pci_next_capability(f, &c, CAPABILITY_MSIX,
					    MSIX_SIZE);
	if (!m->capability)
		return false;
	m->entries = (uint16_t)(((pci_read(f, m->capability) &
				  CONTROL_SIZE) >> 16) + 1);
	table = pci_read(f, m->capability + 4U);
	m->table = pci_map(f, table & TABLE_BAR, table & ~TABLE_BAR,
			   m->entries * ENTRY_WORDS * sizeof(*m->table));
	if (!m->table)
		return false;
	pci_enable(f, true);	/* or the table does not answer */
	set_control(m, CONTROL_MASK);
	for (i = 0; i < m->entries; i++)
		msix_mask(m, i);
	return true;
}

void msix_set(const struct msix *m, unsigned int entry, uint8_t vector,
	      unsigned int cpu)
{
	volatile uint32_t *const e = msix_entry(m, entry);

	msix_mask(m, entry);
	e[ENTRY_LOW] = message_address(cpu);
	e[ENTRY_HIGH] = 0;
	e[ENTRY_DATA] = vector;		/* fixed delivery, by an edge */
}

/* An entry changes while it is masked; what comes meanwhile stays pending. */
void msix_set_cpu(const struct msix *m, unsigned int entry, unsigned int cpu)
{
	volatile uint32_t *const e = msix_entry(m, entry);
	const uint32_t control = e[ENTRY_CONTROL];

	e[ENTRY_CONTROL] = control | ENTRY_MASKED;
	e[ENTRY_LOW] = message_address(cpu);
	e[ENTRY_CONTROL] = control;
}

void msix_mask(const struct msix *m, unsigned int entry)
{
	msix_entry(m, entry)[ENTRY_CONTROL] |= ENTRY_MASKED;
}

void msix_unmask(const struct msix *m, unsigned int entry)
{
	msix_entry(m, entry)[ENTRY_CONTROL] &= ~ENTRY_MASKED;
}

void msix_enable(const struct msix *m)
{
	pci_enable(&m->function, false);
	set_control(m, CONTROL_ENABLE);
}

void msix_disable(const struct msix *m)
{
	set_control(m, 0);
	pci_enable(&m->function, true);
}
