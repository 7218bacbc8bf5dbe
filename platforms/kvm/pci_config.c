/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/pci_config.c. DO NOT EDIT. */
/*
 * Ports where they answer: they need no table. All registers are read and
 * written in 32 bits; half of a register is never written alone, since the
 * other half of those that matter ignores zeros.
 */
#include <stdbool.h>
#include <stddef.h>

#include <plat/acpi.h>
#include <plat/core.h>
#include <plat/device_map.h>
#include <plat/lock.h>
#include <plat/pci_config.h>
#include <plat/pci_dsdt.h>
#include <plat/x86.h>

#define PORT_ADDRESS	0xcf8
#define PORT_DATA	0xcfc
#define PORT_ENABLE	0x80000000U

#define BUS_SIZE	0x100000UL	/* of the memory of one bus */
#define ADDRESS_END	(1UL << 52)
#define MAX_HOSTS	8
#define NOTHING		UINT32_MAX

struct mcfg {
	struct acpi_header header;
	uint8_t reserved[8];
} __attribute__((packed));

struct mcfg_entry {
	uint64_t base;		/* where bus 0 would be */
	uint16_t segment;
	uint8_t first_bus;
	uint8_t last_bus;
	uint32_t reserved;
} __attribute__((packed));

static struct {
	uint64_t base;		/* 0: by ports */
	uint16_t segment;
	uint8_t first_bus;
	uint8_t last_bus;
} hosts[MAX_HOSTS];

static bool lock;	/* of the ports, and of the bus that is mapped */
static unsigned int hosts_count;
static bool hosts_known;

/* The bus that was used last, as mapping takes a search */
static struct {
	volatile uint8_t *registers;
	uint8_t host;
	uint8_t bus;
} mapped;

static void outl(uint16_t port, uint32_t value)
{
	__asm__ __volatile__("out %0, %1" : : "a"(value), "Nd"(port)
			     : "memory");
}

static void add_host(uint64_t base, uint16_t segment, uint8_t first_bus,
		     uint8_t last_bus)
{
	if (hosts_count == MAX_HOSTS) {
		core_error("PCI: there are more than %u hosts", MAX_HOSTS);
		return;
	}
	hosts[hosts_count].base = base;
	hosts[hosts_count].segment = segment;
	hosts[hosts_count].first_bus = first_bus;
	hosts[hosts_count++].last_bus = last_bus;
}

static void add_memory(uint64_t base, uint16_t segment, uint8_t first_bus,
		       uint8_t last_bus)
{
	if (!base)
		return;
	if (base % BUS_SIZE || base >= ADDRESS_END || first_bus > last_bus)
		core_error("PCI: configuration space at 0x%lx cannot be",
			   (unsigned long)base);
	else
		add_host(base, segment, first_bus, last_bus);
}

static bool ports_answer(void)
{
	outl(PORT_ADDRESS, PORT_ENABLE);
	return inl(PORT_ADDRESS) == PORT_ENABLE;
}

static void add_table(const struct mcfg *table, bool have_ports)
{
	const struct mcfg_entry *e = (const void *)(table + 1);
	size_t left = table->header.length;

	if (left < sizeof(*table))
		return;
	for (left -= sizeof(*table); left >= sizeof(*e);
	     left -= sizeof(*e), e++) {
		if (!e->segment && have_ports)
			continue;
		add_memory(e->base, e->segment, e->first_bus, e->last_bus);
	}
}

unsigned int pci_hosts(void)
{
	const struct acpi_header *table;
	bool have_ports;

	if (hosts_known)
		return hosts_count;
	hosts_known = true;
	have_ports = ports_answer();
	if (have_ports)
		add_host(0, 0, 0, UINT8_MAX);
	table = acpi_find("MCFG");
	if (table)
		add_table((const void *)table, have_ports);
	if (!hosts_count)
		add_memory(pci_dsdt_ecam(), 0, 0, UINT8_MAX);
	return hosts_count;
}

uint16_t pci_host_segment(unsigned int host)
{
	return hosts[host].segment;
}

uint8_t pci_host_first_bus(unsigned int host)
{
	return hosts[host].first_bus;
}

uint8_t pci_host_last_bus(unsigned int host)
{
	return hosts[host].last_bus;
}

/* The lock is held: another CPU may be after another bus. */
static volatile uint32_t *in_memory(const struct pci_function *f,
				    unsigned int reg)
{
	if (!mapped.registers || mapped.host != f->host ||
	    mapped.bus != f->bus) {
		mapped.registers = device_map(hosts[f->host].base +
					      f->bus * BUS_SIZE, BUS_SIZE);
		mapped.host = f->host;
		mapped.bus = f->bus;
	}
	if (!mapped.registers)
		return NULL;
	return (volatile uint32_t *)(mapped.registers + (f->device << 15) +
				     (f->function << 12) + reg);
}

static uint32_t port_address(const struct pci_function *f, unsigned int reg)
{
	return PORT_ENABLE | (uint32_t)f->bus << 16 |
	       (uint32_t)f->device << 11 | (uint32_t)f->function << 8 | reg;
}

uint32_t pci_read(const struct pci_function *f, unsigned int reg)
{
	const uint64_t flags = lock_take(&lock);
	volatile uint32_t *at;
	uint32_t value;

	if (hosts[f->host].base) {
		at = in_memory(f, reg);
		value = at ? *at : NOTHING;
	} else {
		outl(PORT_ADDRESS, port_address(f, reg));
		value = inl(PORT_DATA);
	}
	lock_release(&lock, flags);
	return value;
}

void pci_write(const struct pci_function *f, unsigned int reg, uint32_t value)
{
	const uint64_t flags = lock_take(&lock);
	volatile uint32_t *at;

	if (hosts[f->host].base) {
		at = in_memory(f, reg);
		if (at)
			*at = value;
	} else {
		outl(PORT_ADDRESS, port_address(f, reg));
		outl(PORT_DATA, value);
	}
	lock_release(&lock, flags);
}
