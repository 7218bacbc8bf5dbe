/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/include/plat/pci_config.h. DO NOT EDIT. */
/*
 * PCI's configuration space. Source: PCI Local Bus specification 3.0, 6.1
 * (header), 6.2 (registers); PCI Express base specification, 7.2.2 (ECAM); PCI
 * firmware specification 3.3, 4.1.2 (MCFG).
 */
#ifndef PLAT_PCI_CONFIG_H
#define PLAT_PCI_CONFIG_H

#include <stdint.h>

/* A function of a device, as one of the machine's hosts of PCI sees it */
struct pci_function {
	uint8_t host;		/* index, see pci_hosts() */
	uint8_t bus;
	uint8_t device;		/* below 32 */
	uint8_t function;	/* below 8 */
};

#define PCI_CONFIG_SIZE		256U	/* as far as all hosts reach */

#define PCI_ID			0x00	/* vendor, device << 16 */
#define PCI_COMMAND		0x04	/* command, status << 16 */
#define PCI_CLASS		0x08	/* revision, class << 8 */
#define PCI_HEADER_TYPE		0x0e	/* one byte */
#define PCI_BARS		0x10
#define PCI_BUSES		0x18	/* of a bridge: secondary << 8 */
#define PCI_BRIDGE_IO		0x1c	/* of a bridge: base, limit << 8 */
#define PCI_BRIDGE_MEMORY	0x20	/* the same: base, limit << 16 */
#define PCI_BRIDGE_PREFETCH	0x24	/* the same, for prefetchable memory */
#define PCI_BRIDGE_PREFETCH_BASE	0x28	/* bits 32 to 63 */
#define PCI_BRIDGE_PREFETCH_LIMIT	0x2c
#define PCI_SUBSYSTEM		0x2c	/* vendor, id << 16 */
#define PCI_CAPABILITIES	0x34	/* one byte */
#define PCI_INTERRUPT		0x3c	/* line, pin << 8 */

#define PCI_BAR_IO		1U		/* ports, not memory */
#define PCI_BAR_TYPE		6U
#define PCI_BAR_64_BIT		4U
#define PCI_BAR_PREFETCH	8U
#define PCI_BAR_FLAGS		0xfU
#define PCI_DEVICE_BARS		6
#define PCI_BRIDGE_BARS		2

#define PCI_BRIDGE_IO_SHUT	0xf0U		/* begins behind its end */

#define PCI_COMMAND_IO		(1U << 0)
#define PCI_COMMAND_MEMORY	(1U << 1)
#define PCI_COMMAND_MASTER	(1U << 2)
#define PCI_COMMAND_NO_INTX	(1U << 10)
#define PCI_COMMAND_BITS	0xffffU		/* the rest is the status */
#define PCI_STATUS_CAPABILITIES	(1U << 20)

#define PCI_MULTIFUNCTION	0x80U		/* of the header type */
#define PCI_HEADER_DEVICE	0U
#define PCI_HEADER_BRIDGE	1U
#define PCI_CLASS_BRIDGE	0x0604U

/**
 * Finds the hosts. Bus numbers of segment 0 are reached by I/O ports where
 * those answer, all others by what ACPI's MCFG or, without one, the DSDT
 * says.
 * @return how many there are
 */
unsigned int pci_hosts(void);

/** The segment of a host: hosts of different segments have the same buses. */
uint16_t pci_host_segment(unsigned int host);

/** The first bus of a host, and the last one that may be there. */
uint8_t pci_host_first_bus(unsigned int host);
uint8_t pci_host_last_bus(unsigned int host);

/** A register of 32 bits; `reg` is a multiple of 4 below 256. */
uint32_t pci_read(const struct pci_function *f, unsigned int reg);
void pci_write(const struct pci_function *f, unsigned int reg,
	       uint32_t value);

static inline uint16_t pci_read16(const struct pci_function *f,
				  unsigned int reg)
{
	return (uint16_t)(pci_read(f, reg & ~3U) >> reg % 4 * 8);
}

static inline uint8_t pci_read8(const struct pci_function *f,
				unsigned int reg)
{
	return (uint8_t)(pci_read(f, reg & ~3U) >> reg % 4 * 8);
}

#endif /* PLAT_PCI_CONFIG_H */
