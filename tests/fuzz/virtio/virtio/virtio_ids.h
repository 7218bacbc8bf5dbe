/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instead of Unikraft's header: the one kind that the platform knows.
 */
#ifndef FUZZ_VIRTIO_IDS_H
#define FUZZ_VIRTIO_IDS_H

#define VIRTIO_ID_NET	1

#endif /* FUZZ_VIRTIO_IDS_H */
