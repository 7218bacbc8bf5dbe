/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef PLAT_CONSOLE_NOTE_H
#define PLAT_CONSOLE_NOTE_H

/**
 * Writes two texts as one line. Within interrupts, too, where cores do not let
 * anybody format text.
 */
void console_note(const char *what, const char *which);

#endif /* PLAT_CONSOLE_NOTE_H */
