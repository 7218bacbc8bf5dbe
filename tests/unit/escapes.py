# SPDX-License-Identifier: BSD-3-Clause
"""What could be code in some language, and a project that prints every text of its input in every language."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
PAYLOADS = {
    "Kconfig macro": "$(shell,touch stolen)",
    "make function": "$(shell touch stolen)",
    "make variable": "$@",
    "backquote": "`touch stolen`",
    "quote": '" + "',
    "backslash": "\\",
    "backslash n": "\\n",
    "hash": " # x",
    "end of comment": "*/ int stolen; /*",
    "trigraph": "??/",
    "statement": "; int stolen",
    "shell": "; touch stolen",
    "pipe": " | touch stolen",
    "Jinja": "{{ 7 * 7 }}",
    "newline": "\nconfig STOLEN\n",
    "CR": "\rconfig STOLEN",
    "NUL": "\0",
    "ESC": "\x1b[2J",
    "U+0085": "\x85",
    "U+2028": "\u2028",
    "U+202E": "\u202e",
    "U+FEFF": "\ufeff",
}
SPEC = "platforms/small.yaml"
MANIFEST = "templates/common/clock-a/component.yaml"
LEVEL = "templates/common/core/0.21.yaml"
DATA: dict[str, dict[str, Any]] = {
    SPEC: {
        "name": "small",
        "summary": "harmless",
        "layers": ["one"],
        "machines": ["qemu-pc"],
        "unikraft": {
            "platform": "small",
            "symbol": "PLAT_SMALL",
            "library": "libsmallplat",
            "prompt": "harmless",
        },
        "machine": {"clocks": ["a"], "lapic-timer-hz": 1000},
        "options": {"said": "harmless"},
    },
    MANIFEST: {
        "summary": "harmless",
        "serves": {"clocks.a": {"symbol": "clock_a"}},
        "provides": ["time"],
        "requires": ["core"],
        "brings": ["power"],
        "sockets": ["power"],
        "conflicts": ["clock-b"],
        "levels": ["0.21"],
        "facts": ["clocks.a"],
        "options": {"said": "harmless", "unsaid": "harmless"},
        "values": {"lapic-timer-hz": 1},
        "kconfig-outside": ["OUTSIDE"],
        "files": [{"source": "clock_a.c", "to": "clock_a.c", "kconfig": "SMALL_DEBUG"}],
        "takes": {
            "a.text": {"words": "text"},
            "a.words": {"symbol": "symbol", "more": "symbols?", "when": "switch?"},
            "a.flag": {"variable": "variable", "flag": "flag"},
        },
        "slots": {
            "kconfig.select": ["OUTSIDE"],
            "a.text": ["harmless"],
            "a.words": [{"symbol": "OUTSIDE", "more": ["OUTSIDE"], "when": "!OUTSIDE"}],
            "a.flag": [{"variable": "LIBA_FLAGS", "flag": "-DA=1"}],
        },
    },
    LEVEL: {
        "summary": "the default level",
        "requires": ["core", "power"],
        "releases": ["0.21.0"],
        "taken": ["PLAT_ANY"],
    },
}
TEXT_FIELDS = {
    (SPEC, ("summary",)),
    (SPEC, ("unikraft", "prompt")),
    (SPEC, ("options", "said")),
    (MANIFEST, ("summary",)),
    (MANIFEST, ("options", "unsaid")),
    (MANIFEST, ("slots", "a.text", 0)),
}
TEXTS = (
    '{% set texts = [spec.summary, spec.unikraft.prompt, option("said"), option("unsaid")]'
    ' + slot("a.text") | map(attribute="words") | list'
    ' + components | map(attribute="summary") | list %}\n'
)
WORDS = (
    "{{ spec.name }} {{ spec.layers[0] }} {{ spec.unikraft.platform }} {{ spec.unikraft.symbol }}"
    " {{ spec.unikraft.library }} {{ level }}{% for c in served('clocks') %} {{ c.name }} {{ c.fact }} {{ c.symbol }}"
    "{% endfor %}{% for c in components %} {{ c.name }}{% for f in c.files %} {{ f }}{% endfor %}{% endfor %}"
    "{% for s in sources %} {{ s.path }}{% if s.kconfig %} {{ s.kconfig }}{% endif %}{% endfor %}"
    "{% for w in slot('a.words') %} {{ w.symbol }}{% for m in w.more %} {{ m }}{% endfor %} {{ w.when }}{% endfor %}"
)
EACH = "{% for t in texts %}\n"
DONE = "{% endfor %}\n"
T = "{{ t | text }}"
N = "{{ loop.index }}"
PRINTS = {
    "Kconfig": (
        "Config.uk",
        "# {{ spec.summary | text }}\nconfig PLAT_SMALL\n\tbool {{ spec.unikraft.prompt | kconfig }}\n"
        "{% for item in slot('kconfig.select') %}\n\tselect {{ item.symbol }}\n" + DONE + "\thelp\n"
        f'{EACH}\t\t{T}\n{DONE}{EACH}config SAID_{N}\n\tbool "{T}"\n\tdepends on PLAT_SMALL\n{DONE}'
        'config SMALL_DEBUG\n\tbool "debug"\n',
    ),
    "make": (
        "Makefile",
        f"{EACH}# {T}\nTEXTS += [{T}]\n{DONE}"
        "{% for a in slot('a.flag') %}\n{{ a.variable }}-y += {{ a.flag }}\n" + DONE + "all:\n\t@echo '$(TEXTS)'\n"
        f'{EACH}\t@echo "{T}"\n{DONE}',
    ),
    "C": ("said.c", f'{EACH}/* {T} */\nconst char said_{N}[] = "{T}";\n{DONE}'),
    "assembly": ("asm.S", f'{EACH}/* {T} */\n.ascii "{T}"\n{DONE}'),
    "a linker script": ("link.lds.S", f"{EACH}/* {T} */\n{DONE}SECTIONS {{ }}\n"),
    "YAML": ("said.yaml", f'{EACH}said_{N}: "{T}"  # {T}\n{DONE}'),
}
IS_HASH = ("Kconfig", "make", "YAML")


def fields(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of every text; of a key, with "" at its end."""
    if isinstance(data, str):
        yield path
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        named = path in (("options",), ("serves",), ("values",)) or path[:1] in (("slots",), ("takes",))
        if named and isinstance(key, str):
            yield (*path, key, "")
        yield from fields(value, (*path, key))


def changed(data: Any, path: Path_, payload: str) -> Any:
    """The data with one text made longer."""
    data = copy.deepcopy(data)
    at = data
    is_key = path[-1] == ""
    *way, last = path[:-1] if is_key else path
    for step in way:
        at = at[step]
    if is_key:
        at[f"{last}{payload}"] = at.pop(last)
    else:
        at[last] += payload
    return data


def write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, width=10_000), newline="")


def prints(place: Path, *languages: str, texts: bool = True) -> None:
    """Have the core's component yield files that print every word and, with `texts`, every text."""
    folder = place / "templates/common/core/core"
    files = []
    for language in languages:
        name, body = PRINTS[language]
        opening, closing = ("#", "") if language in IS_HASH else ("/*", " */")
        source = f"{name}.j2"
        files.append(f"{{source: {source}, to: {name}}}")
        symbols = "config PLAT_SMALL\n\tbool\nconfig SMALL_DEBUG\n\tbool\n" if language == "Kconfig" else ""
        body = f"{TEXTS}{body}" if texts else symbols
        head = f"{opening} SPDX-License-Identifier: BSD-3-Clause{closing}\n"
        (folder / source).write_text(f"{head}{body}{opening} {WORDS}{closing}\n")
    (folder / "component.yaml").write_text(
        "summary: harmless\nprovides: [core]\ntakes: {kconfig.select: {symbol: symbol}}\n"
        f"files: [{', '.join(files)}]\n"
    )
