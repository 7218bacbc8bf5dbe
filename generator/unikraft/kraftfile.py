# SPDX-License-Identifier: BSD-3-Clause
"""What an application's Kraftfile says of its configuration (Kraftfile reference v0.6, unikraft.org).

The options of `unikraft` and of each library, and each library's own symbol, which naming it switches on. The options
of `targets` are for kraft's own platforms. The rest of the file is kraft's, and not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Location, Outcome
from ..load.document import Document
from ..load.file import parsed

NAMES = ("Kraftfile", "kraft.yaml", "kraft.yml")
CODE = "kraftfile"
PREFIX = "CONFIG_"
_AS_IT_IS = re.compile(r'[ynm]|-?\d+|0x[0-9a-fA-F]+|".*"', re.DOTALL)


class _Option(NamedTuple):
    """One option as the file has it, with the place of its value."""

    name: str
    value: Any
    at: Location
    where: tuple[str | int, ...]
    form: str = '{name}: "y"'
    """How one is written there."""


def kraftfile_of(app: Path) -> Path | None:
    """The application's, where it has one."""
    return next((app / name for name in NAMES if (app / name).is_file()), None)


def settings(path: Path) -> Outcome[Mapping[str, str]]:
    """Each symbol and its value as a configuration has it; the later one counts."""
    read = parsed(path)
    if read.value is None:
        is_empty = all(error.code == "empty" for error in read.errors)
        return Outcome({}) if is_empty else Outcome(None, read.errors)
    document = read.value
    errors = [error for error in read.errors if error.code == "two-documents"]
    found: dict[str, str] = {}
    for option in _options(document):
        name = option.name.removeprefix(PREFIX)
        if isinstance(option.value, Diagnostic):
            errors.append(option.value)
        elif option.where and document.is_misread(*option.where):
            errors += [error for error in read.errors if error.location == option.at]
        elif not re.fullmatch(r"[A-Za-z0-9_]+", name):
            hint = f"for example: {option.form.format(name=f'{PREFIX}LIBVFSCORE')}"
            errors.append(Diagnostic(CODE, option.at, f"'{option.name}' is no option", hint))
        elif option.value is None or isinstance(option.value, dict | list):
            hint = f"for example: {option.form.format(name=f'{PREFIX}{name}')}"
            errors.append(Diagnostic(CODE, option.at, f"{option.name} has no value", hint))
        else:
            found[name] = _value(option.value, document.word(*option.where))
    return Outcome(None if errors else found, tuple(errors))


def _options(document: Document) -> Iterator[_Option]:
    data = document.data if isinstance(document.data, dict) else {}
    yield from _listed(document, data.get("unikraft"), ("unikraft", "kconfig"))
    libraries = data.get("libraries")
    if libraries is not None and not isinstance(libraries, dict):
        at = document.at("libraries")
        yield _Option("", Diagnostic(CODE, at, "'libraries' must be a mapping from names"), at, ())
    for name, library in libraries.items() if isinstance(libraries, dict) else ():
        symbol = "LIB" + name.upper().removeprefix("LIB").replace("-", "_")
        yield _Option(symbol, True, document.at_key("libraries", name), ())
        yield from _listed(document, library, ("libraries", name, "kconfig"))


def _listed(document: Document, holder: Any, where: tuple[str, ...]) -> Iterator[_Option]:
    """What stands under a key `kconfig`: a mapping, or a list of NAME=VALUE."""
    if not isinstance(holder, dict) or "kconfig" not in holder:
        return
    options = holder["kconfig"]
    if isinstance(options, dict):
        for name, value in options.items():
            at = document.at(*where, name)
            yield _Option(name, value, at, (*where, name))
    elif isinstance(options, list):
        for index, item in enumerate(options):
            at = document.at(*where, index)
            if isinstance(item, dict | list):
                error = Diagnostic(CODE, at, "each item here must be NAME=VALUE", f"for example: {PREFIX}LIBVFSCORE=y")
                yield _Option("", error, at, ())
                continue
            name, equals, value = str(item).partition("=")
            yield _Option(name, value if equals else None, at, (*where, index), "{name}=y")
    elif options is None and document.is_misread(*where):
        yield _Option("", None, document.at(*where), where)
    elif options is not None:
        message = "'kconfig' must be a mapping, or a list of NAME=VALUE"
        at = document.at(*where)
        yield _Option("", Diagnostic(CODE, at, message), at, where)


def _value(value: Any, word: str) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    text = value if isinstance(value, str) else word
    if _AS_IT_IS.fullmatch(text):
        return text
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'
