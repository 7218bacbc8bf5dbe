/* SPDX-License-Identifier: BSD-3-Clause */
#include <stddef.h>

#include <bare/words.h>

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

unsigned int split_words(char *line, char *words[], unsigned int max)
{
	unsigned int count = 0;
	char quote, *to;

	for (;;) {
		while (is_blank(*line))
			line++;
		if (!*line || count == max)
			return count;
		words[count++] = to = line;
		for (quote = 0; *line && (quote || !is_blank(*line)); line++) {
			if (quote ? *line == quote
				  : *line == '"' || *line == '\'')
				quote = quote ? 0 : *line;
			else
				*to++ = *line;
		}
		if (*line)
			line++;
		*to = '\0';
	}
}
