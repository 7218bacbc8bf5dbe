/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef BARE_WORDS_H
#define BARE_WORDS_H

/**
 * Splits a command line in place. Blanks part words, but not within single
 * or double quotes, which are taken off.
 * @return number of words, at most `max`
 */
unsigned int split_words(char *line, char *words[], unsigned int max);

#endif /* BARE_WORDS_H */
