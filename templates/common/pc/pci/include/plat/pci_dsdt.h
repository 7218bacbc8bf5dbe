/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_PCI_DSDT_H
#define PLAT_PCI_DSDT_H

#include <stdint.h>

/** Where the DSDT says that configuration space is; 0 if it does not say. */
uint64_t pci_dsdt_ecam(void);

/* Addresses, without the last one */
struct pci_range {
	uint64_t start;
	uint64_t end;
};

/**
 * The largest range that leads to PCI below 4 GiB, and the largest one above
 * it; an empty one if there is none.
 */
struct pci_range pci_dsdt_window(void);
struct pci_range pci_dsdt_high_window(void);

#endif /* PLAT_PCI_DSDT_H */
