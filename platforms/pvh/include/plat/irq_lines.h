/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/core/irq-lines-contract/include/plat/irq_lines.h. DO NOT EDIT. */
/*
 * Devices' interrupt lines for whoever finds devices, whichever driver serves
 * the controllers.
 */
#ifndef PLAT_IRQ_LINES_H
#define PLAT_IRQ_LINES_H

#include <stdbool.h>

/**
 * Says how a device drives its line, which is masked unless it is in use like
 * this. Where firmware's tables of interrupts say it too, these have the last
 * word.
 * @return false if no controller has that line, or it is in use otherwise
 */
bool irq_line_wire(unsigned int irq, bool level, bool low);

#endif /* PLAT_IRQ_LINES_H */
