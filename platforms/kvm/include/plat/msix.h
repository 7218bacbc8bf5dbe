/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/msix/include/plat/msix.h. DO NOT EDIT. */
/*
 * Source: PCI Local Bus specification 3.0, 6.8.2 (MSI-X); Intel SDM volume 3,
 * 11.11 (message address and data).
 */
#ifndef PLAT_MSIX_H
#define PLAT_MSIX_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/pci.h>

struct msix {
	struct pci_function function;
	volatile uint32_t *table;
	uint16_t entries;
	uint8_t capability;
};

/**
 * Finds a function's table and masks all of it. Messages come only after
 * msix_enable().
 * @return false if it has no MSI-X, or its table is out of reach
 */
bool msix_find(const struct pci_function *f, struct msix *m);

/**
 * Has an entry send `vector` to a CPU, or to the one that boots where no
 * message can name that CPU. The entry stays masked.
 */
void msix_set(const struct msix *m, unsigned int entry, uint8_t vector,
	      unsigned int cpu);

/**
 * Has an entry send to another CPU from now on. It stays masked or open, and no
 * message is lost; one that has been sent before still comes to the old CPU.
 */
void msix_set_cpu(const struct msix *m, unsigned int entry, unsigned int cpu);

void msix_mask(const struct msix *m, unsigned int entry);
void msix_unmask(const struct msix *m, unsigned int entry);

/** Has the device send messages, and use its interrupt line no longer. */
void msix_enable(const struct msix *m);

/** Back to the interrupt line. */
void msix_disable(const struct msix *m);

#endif /* PLAT_MSIX_H */
