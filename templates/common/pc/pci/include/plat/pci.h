/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The functions of PCI. Whatever devices say is checked; a search ends, even if
 * they lead it in a circle. Several CPUs may read and write registers at a
 * time, but one function is set up by one CPU, and one CPU at a time gives
 * addresses.
 */
#ifndef PLAT_PCI_H
#define PLAT_PCI_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/pci_config.h>

/**
 * Calls `found` for each function, bus by bus, until it returns false. A bridge
 * that no firmware has set up is set up first, with all that is behind it.
 */
void pci_walk(bool (*found)(const struct pci_function *f, void *arg),
	      void *arg);

/**
 * Finds the bridge to a function's bus; both may be the same variable.
 * @return false if that is the first bus of a host
 */
bool pci_bridge_to(const struct pci_function *f, struct pci_function *bridge);

/* Where a search for capabilities is */
struct pci_capabilities {
	uint8_t next;
	uint8_t left;
};

/** Begins a search for a function's capabilities. */
struct pci_capabilities pci_capabilities(const struct pci_function *f);

/**
 * The next capability with this id, as its offset in configuration space, where
 * id and link are the first two bytes.
 * @param size	bytes of the capability that its reader takes
 * @return 0 if there is no further one; a list without an end is logged, and so
 *	   is a capability that the end of the space cuts
 */
uint8_t pci_next_capability(const struct pci_function *f,
			    struct pci_capabilities *c, uint8_t id,
			    unsigned int size);

/* A range of registers in memory */
struct pci_bar {
	uint64_t address;
	uint64_t size;
};

/**
 * Reads where a function's registers are. Gives them an address if firmware
 * gave them none, the bus is a host's first one, and the machine says where
 * there is room.
 * @param index	of the register, below 6
 * @return false if there are no such registers in memory, or no address
 */
bool pci_bar(const struct pci_function *f, unsigned int index,
	     struct pci_bar *bar);

/**
 * Maps `size` bytes at `offset` of the registers that a BAR describes.
 * @return NULL if they are not there or out of reach
 */
volatile void *pci_map(const struct pci_function *f, unsigned int index,
		       uint32_t offset, uint32_t size);

/**
 * Lets a device answer and reach memory; `intx` is its interrupt line's. All
 * its registers get an address before, as far as pci_bar() has one.
 */
void pci_enable(const struct pci_function *f, bool intx);

/** Cuts a device off from memory and from its line; its registers answer. */
void pci_disable(const struct pci_function *f);

#endif /* PLAT_PCI_H */
