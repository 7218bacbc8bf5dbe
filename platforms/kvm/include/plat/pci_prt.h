/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci-irq/include/plat/pci_prt.h. DO NOT EDIT. */
#ifndef PLAT_PCI_PRT_H
#define PLAT_PCI_PRT_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/aml.h>

/**
 * Looks a pin up, 0 being INTA, in the routing table of the host whose first
 * bus is `bus`: _PRT in the DSDT.
 * @return false if there is none, or it takes an interpreter to read it
 */
bool pci_prt_find(struct aml dsdt, uint8_t bus, uint8_t device,
		  unsigned int pin, struct aml_interrupt *interrupt);

#endif /* PLAT_PCI_PRT_H */
