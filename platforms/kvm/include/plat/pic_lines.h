/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/pc/device-irqs/include/plat/pic_lines.h. DO NOT EDIT. */
#ifndef PLAT_PIC_LINES_H
#define PLAT_PIC_LINES_H

#include <stdbool.h>

#define PIC_LINES	16
#define PIC_CASCADE	2	/* the second 8259, and no line of a device */

static inline bool pic_has_line(unsigned int line)
{
	return line < PIC_LINES && line != PIC_CASCADE;
}

/** Has line n of the 8259s come as vector 32 + n; the masks stay. */
void pic_lines_init(void);

void pic_line_mask(unsigned int line);
void pic_line_unmask(unsigned int line);

/** Tells them that the interrupt of a line has been served. */
void pic_line_done(unsigned int line);

#endif /* PLAT_PIC_LINES_H */
