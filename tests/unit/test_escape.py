# SPDX-License-Identifier: BSD-3-Clause
"""No text of a spec, manifest or level is code: every field, in every language, with everything that could be.

Each case is either refused, with the line of the file that gives the text, or the tree that comes out holds
the text as data: what reads the language says so.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.diagnostics import Diagnostics
from generator.escape import LANGUAGES, Code, Refused, language_of, printed, text
from generator.lab.conformance import need
from generator.pipeline import Pipeline
from generator.tree.render import Tree
from tests.unit.helpers import ROOT, SMALL

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


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(SMALL / "templates", tmp_path / "templates")
    (tmp_path / "platforms").mkdir()
    for path, data in DATA.items():
        write(tmp_path / path, data)
    return tmp_path


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


def generate(place: Path) -> tuple[Tree | None, Diagnostics]:
    pipeline = Pipeline(place)
    found = Diagnostics()
    plans = found.take(pipeline.plans(["small"], "0.21"))
    tree = found.take(pipeline.render(plans[0])) if plans else None
    return tree, found


def cases(place: Path, *, texts: bool) -> Iterator[tuple[str, Path, str]]:
    """Each payload in each field: the case, the file that has it, the payload."""
    for file, data in DATA.items():
        for field in fields(data):
            if not texts or (file, field) in TEXT_FIELDS:
                for title, payload in PAYLOADS.items():
                    write(place / file, changed(data, field, payload))
                    yield f"{file} {field} {title}", place / file, payload
        write(place / file, data)


def check_blame(found: Diagnostics, file: Path, case: str) -> None:
    """Every message names a line of the file that gives the text, and shows nothing that moves a cursor."""
    for error in found:
        assert error.location is not None, f"{case}: {error}"
        assert error.location.line, f"{case}: {error}"
        assert error.location.path == file, f"{case}: {error}"
        assert str(error).replace("\n", "").isprintable(), case
        assert str(error).count("\n") <= 4, f"{case}: {error}"


def test_names_of_input_are_words_in_every_language(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    prints(place, *PRINTS, texts=False)
    plain, found = generate(place)
    assert not found, str(found)
    assert plain is not None
    assert {name for name, _ in PRINTS.values()} <= plain.keys()
    refused = 0
    for case, file, _ in cases(place, texts=False):
        tree, found = generate(place)
        check_blame(found, file, case)
        refused += bool(found)
        assert found or tree == plain, case
        assert not (place / "stolen").exists(), case
    assert refused > 800


@pytest.mark.parametrize("language", PRINTS)
def test_texts_of_input_are_data(language: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    name, _ = PRINTS[language]
    prints(place, language)
    plain, found = generate(place)
    assert not found, str(found)
    assert plain is not None
    reads = READERS[language](place, name)
    harmless = reads(plain[name])
    assert sum("harmless" in line for line in harmless) >= (0 if language == "a linker script" else 1)
    refused = accepted = 0
    for case, file, payload in cases(place, texts=True):
        tree, found = generate(place)
        check_blame(found, file, case)
        if found or tree is None:
            assert found, case
            refused += 1
        else:
            accepted += 1
            assert tree[name] != plain[name], case
            assert [line.replace(payload, "") for line in reads(tree[name])] == harmless, case
        assert not (place / "stolen").exists(), case
    assert refused >= 60
    assert accepted == 0 if language == "make" else accepted >= 20


Reads = Callable[[bytes], list[str]]


def kconfig(place: Path, name: str) -> Reads:
    """Symbols, prompts and help as Kconfiglib sees them, in the file alone."""
    import kconfiglib

    def reads(data: bytes) -> list[str]:
        (place / "Kconfig").write_bytes(b"config OUTSIDE\n\tbool\n" + data)
        kconf = kconfiglib.Kconfig(str(place / "Kconfig"), warn=False)
        nodes = [node for node in kconf.node_iter() if isinstance(node.item, kconfiglib.Symbol)]
        return [part for node in nodes for part in (node.item.name, (node.prompt or ("",))[0], node.help or "")]

    return reads


def make(place: Path, name: str) -> Reads:
    """What the file's own rule says."""
    need.tools(make="make")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        return subprocess.check_output(["make", "-s", "-f", name], cwd=place, text=True, env=clean).splitlines()

    return reads


def compiled(place: Path, name: str) -> Reads:
    """The names of the object and what its strings are."""
    need.tools(gcc="gcc", nm="binutils", strings="binutils")

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        subprocess.run(["gcc", "-std=c11", "-c", name, "-o", "said.o"], cwd=place, check=True, capture_output=True)
        names = subprocess.check_output(["nm", "-j", "said.o"], cwd=place, text=True).splitlines()
        return [*names, *subprocess.check_output(["strings", "-a", "said.o"], cwd=place, text=True).splitlines()]

    return reads


def preprocessed(place: Path, name: str) -> Reads:
    """A linker script without its comments."""
    need.tools(gcc="gcc")

    def reads(data: bytes) -> list[str]:
        (place / name).write_bytes(data)
        command = ["gcc", "-E", "-P", "-x", "assembler-with-cpp", name]
        return subprocess.check_output(command, cwd=place, text=True).splitlines()

    return reads


def loaded(place: Path, name: str) -> Reads:
    return lambda data: [f"{key}: {value}" for key, value in yaml.safe_load(data).items()]


READERS: dict[str, Callable[[Path, str], Reads]] = {
    "Kconfig": kconfig,
    "make": make,
    "C": compiled,
    "assembly": compiled,
    "a linker script": preprocessed,
    "YAML": loaded,
}


def test_languages_are_known_by_the_file_s_name() -> None:
    names = {
        "Kconfig": ("Config.uk",),
        "make": ("Makefile.uk", "Linker.uk", "Makefile", "exportsyms.uk", "a/b.mk"),
        "C": ("a.c", "include/a.h"),
        "a linker script": ("link.lds.S", "a.ld"),
        "assembly": ("a.S",),
        "YAML": ("a.yaml",),
    }
    for language, paths in names.items():
        assert {getattr(language_of(path), "name", None) for path in paths} == {language}
    assert language_of("a.sh") is None
    assert language_of("a.rst") is None


def test_every_language_is_tried() -> None:
    assert {language.name for language in LANGUAGES} == PRINTS.keys() == READERS.keys()


def test_every_key_of_the_schemas_is_tried() -> None:
    from generator.load.schema import schema_data

    for file, name in ((SPEC, "spec"), (MANIFEST, "component")):
        assert DATA[file].keys() == schema_data(name)["properties"].keys()
    assert DATA[SPEC]["unikraft"].keys() == schema_data("spec")["properties"]["unikraft"]["properties"].keys()


def test_operations_on_checked_text_are_looked_at_again() -> None:
    make_, kconfig_ = LANGUAGES[1], LANGUAGES[0]
    code = Code("a && b", "Kconfig")
    assert printed(code, kconfig_) == "a && b"
    for value, language in ((code, make_), (code + "", kconfig_), (code.lower(), kconfig_), ("a b", make_)):
        with pytest.raises(Refused):
            printed(value, language)
    others: tuple[object, ...] = ([], {}, None, (1,))
    for other in others:
        with pytest.raises(Refused):
            printed(other, make_)
    assert printed(True, make_) == "True"
    assert text("a 'b'; c", kconfig_) == "a 'b'; c"


def test_real_slots_have_words_of_known_kinds() -> None:
    """Kinds are named in the schema and in the code; both know the same ones."""
    from generator.load.schema import schema_data
    from generator.plan.slots import KINDS

    takes = schema_data("component")["properties"]["takes"]
    kinds = takes["additionalProperties"]["additionalProperties"]["enum"]
    assert sorted(kinds) == sorted([*KINDS, *(f"{kind}?" for kind in KINDS)])
    assert any("takes:" in path.read_text() for path in (ROOT / "templates").rglob("component.yaml"))
