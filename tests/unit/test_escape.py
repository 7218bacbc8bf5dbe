# SPDX-License-Identifier: BSD-3-Clause
"""No text of a spec, manifest or level is code: every field, in every language, with everything that could be.

Each case is either refused, with the line of the file that gives the text, or the tree that comes out holds
the text as data: what reads the language says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostics
from generator.escape import LANGUAGES, Code, Refused, language_of, printed, text
from generator.pipeline import Pipeline
from generator.tree.render import Tree
from tests.unit.escapes import DATA, MANIFEST, PAYLOADS, PRINTS, SPEC, TEXT_FIELDS, changed, fields, prints, write
from tests.unit.helpers import ROOT, SMALL
from tests.unit.readers import READERS


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(SMALL / "templates", tmp_path / "templates")
    (tmp_path / "platforms").mkdir()
    for path, data in DATA.items():
        write(tmp_path / path, data)
    return tmp_path


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
