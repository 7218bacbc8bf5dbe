/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The bare core's split of the command line, built for the host and fed by
 * libFuzzer. The line lies in a block of its size. Words come in order, each
 * within the line and ended; a line without quotes falls apart at its blanks.
 */
#include "feeder.h"

#include <core/core-bare/words.c>

#define MOST	8
#define BLANKS	" \t\n\r"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const line = malloc(size + 1), *const plain = malloc(size + 1);
	char *words[MOST + 1] = { NULL }, *word, *next = line;
	unsigned int i, count;

	memcpy(line, data, size);
	line[size] = '\0';
	strcpy(plain, line);
	count = split_words(line, words, MOST);
	must(count <= MOST && !words[count], "no more words than there is room");
	for (i = 0; i < count; i++) {
		must(words[i] >= next && words[i] <= line + size,
		     "words lie in the line, one behind the other");
		next = words[i] + strlen(words[i]) + 1;
		must(next <= line + size + 1, "a word ends within the line");
	}
	if (!strpbrk(plain, "\"'")) {
		word = strtok(plain, BLANKS);
		for (i = 0; i < count; i++, word = strtok(NULL, BLANKS))
			must(word && !strcmp(word, words[i]),
			     "blanks part the words");
		must(!word || count == MOST, "no word is lost");
	}
	free(plain);
	free(line);
	return 0;
}
