/* SPDX-License-Identifier: BSD-3-Clause */
/* Code generated from templates/common/console/console-note/include/plat/console_note.h. DO NOT EDIT. */
#ifndef PLAT_CONSOLE_NOTE_H
#define PLAT_CONSOLE_NOTE_H

/**
 * Writes two texts as one line. May be called within interrupts, where Unikraft
 * does not format text.
 */
void console_note(const char *what, const char *which);

#endif /* PLAT_CONSOLE_NOTE_H */
