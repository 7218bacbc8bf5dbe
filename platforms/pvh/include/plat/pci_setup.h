/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/pci/include/plat/pci_setup.h. DO NOT EDIT. */
/*
 * What firmware does on most machines, between the files that do it here.
 */
#ifndef PLAT_PCI_SETUP_H
#define PLAT_PCI_SETUP_H

#include <stdbool.h>
#include <stdint.h>

#include <plat/pci_config.h>

/** Calls `found` for each function of a bus, until it returns false. */
bool pci_walk_bus(uint8_t host, uint8_t bus,
		  bool (*found)(const struct pci_function *f, void *arg),
		  void *arg);

/** Like pci_walk(), past bridges that have a number only. */
void pci_walk_as_found(bool (*found)(const struct pci_function *f, void *arg),
		       void *arg);

bool pci_is_bridge(const struct pci_function *f);

/**
 * Sets a bridge up with all that is behind it: bus numbers, addresses, windows.
 * One that firmware has set up is left as it is.
 */
void pci_bridge_open(const struct pci_function *f);

/* Where registers may lie: below 4 GiB, or anywhere */
enum pci_reach {
	PCI_REACH_LOW,
	PCI_REACH_ALL,
};

/**
 * Takes a place for registers out of the machine's windows.
 * @param size	a power of two; the address is a multiple of it
 * @return 0 if there is none
 */
uint64_t pci_window_take(uint64_t size, enum pci_reach reach);

/**
 * Cuts what is left of a window to a multiple of `align`, a power of two up to
 * 1 MiB.
 * @param above	of the window above 4 GiB
 * @return where the window ends now
 */
uint64_t pci_window_align(bool above, uint64_t align);

/**
 * Gives an address to all registers of a function that have none. Behind a
 * bridge, those above 4 GiB are such that may be fetched ahead.
 */
void pci_place_bars(const struct pci_function *f, bool behind_bridge,
		    enum pci_reach reach);

#endif /* PLAT_PCI_SETUP_H */
