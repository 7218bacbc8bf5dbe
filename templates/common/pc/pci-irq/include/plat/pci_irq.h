/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_PCI_IRQ_H
#define PLAT_PCI_IRQ_H

#include <plat/pci_config.h>

/**
 * The number of a function's interrupt line, wired as the tables say and
 * masked.
 * @return -1 if it has none, or nobody says where it goes
 */
int pci_irq(const struct pci_function *f);

#endif /* PLAT_PCI_IRQ_H */
