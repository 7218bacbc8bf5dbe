/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/virtio-pci/include/plat/virtio_pci_claim.h. DO NOT EDIT. */
/*
 * Apart from the rest, which shares no header with Unikraft's PCI.
 */
#ifndef PLAT_VIRTIO_PCI_CLAIM_H
#define PLAT_VIRTIO_PCI_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

/** Whether the function at this address is driven the modern way. */
bool virtio_pci_claimed(uint8_t bus, uint8_t device, uint8_t function);

#endif /* PLAT_VIRTIO_PCI_CLAIM_H */
