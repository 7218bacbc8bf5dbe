# SPDX-License-Identifier: BSD-3-Clause
"""What may be printed where: one rule for each language that a tree is written in.

A template's own text is code. What it prints by `{{ ... }}` comes from a spec or a manifest and is data, so
it is refused wherever it could be read as code. It prints

- a number, or a word, which is the same in all languages;
- `x | text`: text that the template has put into quotes or a comment, by the rule of the file's language;
- `Code`: what this package made or checked itself, such as the words of a slot (slots.py).

An operation on `Code` gives plain text, which is looked at again.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

WORD = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.+-]|/(?!/))*)?")
C_WORDS = (
    *("asm", "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum"),
    *("extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return"),
    *("short", "signed", "sizeof", "static", "struct", "switch", "typedef", "typeof", "union", "unsigned"),
    *("void", "volatile", "while"),
)


class Language(NamedTuple):
    """A language of output files: how its comments look, and the pattern of what its texts must not hold."""

    name: str
    comment: tuple[str, str]
    refused: str
    suffixes: tuple[str, ...]


KCONFIG = Language("Kconfig", ("# ", ""), r'[$"\\]', ("Config.uk",))
_C_TEXT = r'["\\]|\*/|/\*|\?\?'  # the end of a string or comment, an escape, a trigraph
# A recipe goes on to a shell, so this lists what a text may hold
MAKE = Language("make", ("# ", ""), r"[^\w ./+:=@%^-]", (".uk", ".mk", "Makefile"))
LANGUAGES = (  # the first that fits
    KCONFIG,
    MAKE,
    Language("C", ("/* ", " */"), _C_TEXT, (".c", ".h")),
    Language("a linker script", ("/* ", " */"), _C_TEXT, (".lds.S", ".lds", ".ld")),
    Language("assembly", ("/* ", " */"), _C_TEXT, (".S",)),
    Language("YAML", ("# ", ""), r'["\\]', (".yaml",)),
)
KNOWN = ".c, .h, .S, .lds, .ld, .uk, .mk, .yaml, Makefile"


class Code(str):
    """Text that may be printed as it is, in one language, or (language "") in all."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str = "") -> Code:
        """Mark a text."""
        code = super().__new__(cls, text)
        code.language = language
        return code


class Refused(Exception):
    """A text that cannot be printed where a template wants it."""

    def __init__(self, text: str, part: str, message: str) -> None:
        """`part` is what is wrong with it."""
        super().__init__(message)
        self.text, self.part = text, part


def language_of(path: str) -> Language | None:
    """The language of an output file, None for one that is not known."""
    name = path.rpartition("/")[2]
    return next((known for known in LANGUAGES if name.endswith(known.suffixes)), None)


def printed(value: Any, language: Language) -> str:
    """What `{{ value }}` prints; raises `Refused`."""
    if isinstance(value, Code) and value.language in ("", language.name):
        return value
    if isinstance(value, int):
        return str(value)
    if value is None or isinstance(value, list | tuple | dict):
        raise Refused(str(value), "", "a template prints words and numbers, and this is neither")
    word = str(value)  # raises for a name that does not exist
    if not WORD.fullmatch(word):
        rest = WORD.sub("", word, count=1)
        message = f"a template prints this as a word of {language.name}, and {shown(rest[0])} cannot be part of a word"
        raise Refused(word, rest[0], message)
    return word


def text(value: Any, language: Language) -> Code:
    """A text for within quotes or a comment of this language; raises `Refused`."""
    whole = str(value)
    bad = hidden(whole) or re.search(language.refused, whole)
    if bad:
        message = f"{shown(bad[0])} could be read as code in {language.name}, where this text goes"
        raise Refused(whole, bad[0], message)
    return Code(whole, language.name)


def hidden(whole: str) -> re.Match[str] | None:
    """The first character that is not seen: of control, of direction, a line's end, or not assigned at all."""
    if whole.isprintable():
        return None
    return next(re.compile(re.escape(c)).search(whole) for c in whole if not c.isprintable())


def shown(part: str) -> str:
    """Characters as messages name them."""
    if part.isprintable():
        return f"'{part}'"
    import unicodedata

    kind = {"Cc": "a control character", "Cs": "a lone surrogate"}.get(unicodedata.category(part), "")
    return f"U+{ord(part):04X} ({unicodedata.name(part, kind) or 'not assigned'})"
