# SPDX-License-Identifier: BSD-3-Clause
"""Patterns of a library that is imported late are compiled when they are used, and then do what they would have."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

from generator.load.late import late_patterns

LIBRARY = """\
import re
from re import IGNORECASE

word = re.compile(r"(a+)b", flags=IGNORECASE)
bad = re.compile("(")
"""


def test_a_pattern_is_compiled_when_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slowlibrary.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slowlibrary", raising=False)
    compile_itself = re.compile
    with late_patterns("slowlibrary"):
        library = importlib.import_module("slowlibrary")  # no error of the second pattern yet
        assert isinstance(re.compile("x"), re.Pattern), "who is not of the library gets a pattern"
    assert re.compile is compile_itself
    assert library.word.fullmatch("AAb")[1] == "AA"
    assert library.word.sub("-", "xaab") == "x-"
    assert library.word.groups == 1
    with pytest.raises(re.error):
        library.bad.match("")


def test_an_import_that_fails_leaves_re_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brokenlibrary.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(tmp_path)
    compile_itself = re.compile
    with pytest.raises(ImportError), late_patterns("brokenlibrary"):
        importlib.import_module("brokenlibrary")
    assert re.compile is compile_itself
