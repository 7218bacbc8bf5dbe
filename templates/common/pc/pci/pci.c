/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A bridge leads to buses of higher numbers, so that one pass over the numbers
 * meets each bus once, however bridges are linked. Source: PCI-to-PCI bridge
 * architecture specification 1.2, 3.2.5.4 (secondary bus number).
 */
#include <stddef.h>

#include <plat/core.h>
#include <plat/pci.h>
#include <plat/pci_setup.h>

#define DEVICES		32
#define FUNCTIONS	8
#define BUSES		256
#define NO_VENDOR	0xffffU

#define FIRST_CAPABILITY	0x40
#define MOST_CAPABILITIES	((PCI_CONFIG_SIZE - FIRST_CAPABILITY) / 4)

/* One bit for each bus that was found and has not been searched */
struct walk {
	uint32_t open[BUSES / 32];
	bool as_found;
	bool (*found)(const struct pci_function *f, void *arg);
	void *arg;
};

static void look_behind(const struct pci_function *f, struct walk *w)
{
	uint8_t behind;

	if (!pci_is_bridge(f))
		return;
	if (!w->as_found)
		pci_bridge_open(f);
	behind = pci_read16(f, PCI_BUSES) >> 8;
	if (!behind)
		return;
	if (behind <= f->bus || behind > pci_host_last_bus(f->host))
		core_error("PCI: bridge %x:%x.%x leads to bus %x, it is skipped",
			   f->bus, f->device, f->function, behind);
	else
		w->open[behind / 32] |= 1U << behind % 32;
}

static bool meet(const struct pci_function *f, void *arg)
{
	struct walk *const w = arg;

	look_behind(f, w);
	return w->found(f, w->arg);
}

bool pci_walk_bus(uint8_t host, uint8_t bus,
		  bool (*found)(const struct pci_function *f, void *arg),
		  void *arg)
{
	struct pci_function f = { host, bus, 0, 0 };
	unsigned int functions;

	for (; f.device < DEVICES; f.device++) {
		functions = 1;
		for (f.function = 0; f.function < functions; f.function++) {
			if (pci_read16(&f, PCI_ID) == NO_VENDOR)
				continue;
			if (!f.function && pci_read8(&f, PCI_HEADER_TYPE) &
					   PCI_MULTIFUNCTION)
				functions = FUNCTIONS;
			if (!found(&f, arg))
				return false;
		}
	}
	return true;
}

static void walk_hosts(struct walk *w)
{
	const unsigned int hosts = pci_hosts();
	unsigned int host, bus, i;

	for (host = 0; host < hosts; host++) {
		for (i = 0; i < BUSES / 32; i++)
			w->open[i] = 0;
		bus = pci_host_first_bus(host);
		w->open[bus / 32] |= 1U << bus % 32;
		for (; bus <= pci_host_last_bus(host); bus++)
			if (w->open[bus / 32] & 1U << bus % 32 &&
			    !pci_walk_bus((uint8_t)host, (uint8_t)bus, meet, w))
				return;
	}
}

void pci_walk(bool (*found)(const struct pci_function *f, void *arg),
	      void *arg)
{
	struct walk w = { .found = found, .arg = arg };

	walk_hosts(&w);
}

void pci_walk_as_found(bool (*found)(const struct pci_function *f, void *arg),
		       void *arg)
{
	struct walk w = { .as_found = true, .found = found, .arg = arg };

	walk_hosts(&w);
}

struct pci_capabilities pci_capabilities(const struct pci_function *f)
{
	struct pci_capabilities c = { 0, MOST_CAPABILITIES };

	if (pci_read(f, PCI_COMMAND) & PCI_STATUS_CAPABILITIES)
		c.next = pci_read8(f, PCI_CAPABILITIES);
	return c;
}

uint8_t pci_next_capability(const struct pci_function *f,
			    struct pci_capabilities *c, uint8_t id,
			    unsigned int size)
{
	uint16_t head;
	uint8_t at;

	while (c->next >= FIRST_CAPABILITY) {
		if (!c->left--) {
			core_error("PCI: the capabilities of %x:%x.%x form a loop",
				   f->bus, f->device, f->function);
			*c = (struct pci_capabilities){ 0, 0 };
			return 0;
		}
		at = c->next & ~3U;	/* the low bits are reserved */
		head = pci_read16(f, at);
		c->next = (uint8_t)(head >> 8);
		if ((uint8_t)head != id)
			continue;
		if (at + size <= PCI_CONFIG_SIZE)
			return at;
		core_error("PCI: capability %x of %x:%x.%x is cut, it is skipped",
			   id, f->bus, f->device, f->function);
	}
	return 0;
}
