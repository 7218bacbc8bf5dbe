# SPDX-License-Identifier: BSD-3-Clause
"""The languages of run files: how a text is quoted in each. Whatever else a template prints is a word or number.

A file's list of options, such as QEMU's `-drive` or xl's `p9`, is a language of its own within a text: the filters
`doubled` and `listed` make one option of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import Any
from xml.sax.saxutils import escape

import jinja2

from ..escape import Code, Language, Refused, shown
from ..tree.sandbox import Sandbox, environments

_NOTHING = "(?!)"
SHELL = Language("shell", ("# ", ""), _NOTHING, (".sh",))
XL = Language("xl's configuration", ("# ", ""), _NOTHING, (".cfg",))
XML = Language("XML", ("<!-- ", " -->"), _NOTHING, (".xml",))
JSON = Language("JSON", ("", ""), _NOTHING, (".json",))


def _xl(text: str) -> str:
    r"""A string of libxlu: `\` and `"` are escaped, other escapes are not needed in one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


QUOTED: dict[str, Callable[[str], str]] = {
    SHELL.name: quote,
    XL.name: _xl,
    XML.name: lambda text: escape(text, {'"': "&quot;", "'": "&apos;"}),
    JSON.name: lambda text: json.dumps(text, ensure_ascii=False),
}


@jinja2.pass_environment
def _quoted(environment: jinja2.Environment, value: Any) -> Code:
    """Filter `quoted`: a text as the file's language writes it; XML's has no quotes around."""
    assert isinstance(environment, Sandbox)
    return Code(QUOTED[environment.language.name](str(value)), environment.language.name)


def doubled(value: str) -> str:
    """Filter `doubled`: a value in a list of QEMU's, where a comma is written twice."""
    return str(value).replace(",", ",,")


def listed(value: str) -> str:
    """Filter `listed`: a value in a list that has no way to write a comma, quotes or brackets; raises `Refused`."""
    if bad := re.search(r"""[,"'\[\]]""", str(value)):
        message = f"{shown(bad[0])} in a path would end an option of a list here"
        raise Refused(str(value), bad[0], message)
    return str(value)


def rendered(name: str, context: dict[str, Any]) -> str:
    """The text that a template of this folder yields; its name tells the language. Raises `Refused`."""
    languages = (SHELL, XL, XML, JSON)
    language = next(language for language in languages if name.endswith(language.suffixes))
    folder = Path(__file__).parent
    filters: dict[str, Callable[..., str]] = {"quoted": _quoted, "doubled": doubled, "listed": listed}
    environment = environments((folder,), languages, filters)[language.name]
    return environment.get_template(f"{name}.j2").render(context)
