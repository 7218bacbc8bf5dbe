/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/core-contract/include/plat/image.h. DO NOT EDIT. */
/*
 * Where the image lies: symbols of the linker script, which comes with the
 * core.
 */
#ifndef PLAT_IMAGE_H
#define PLAT_IMAGE_H

extern const char _base_addr[], _text[], _rodata[], _data[], _end[];

#endif /* PLAT_IMAGE_H */
