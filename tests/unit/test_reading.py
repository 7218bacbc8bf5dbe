# SPDX-License-Identifier: BSD-3-Clause
"""Files are read whole, whatever size they tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.reading import TooBigError, read

WITHOUT_SIZE = Path("/proc/self/cmdline")


def test_a_file_that_tells_no_size_is_read_whole() -> None:
    assert WITHOUT_SIZE.stat().st_size == 0
    assert len(read(WITHOUT_SIZE)) > 1
    assert read(WITHOUT_SIZE) == WITHOUT_SIZE.read_bytes()


def test_a_file_that_tells_no_size_has_the_same_limit() -> None:
    size = len(WITHOUT_SIZE.read_bytes())
    assert len(read(WITHOUT_SIZE, size)) == size
    with pytest.raises(TooBigError):
        read(WITHOUT_SIZE, size - 1)


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert read(tmp_path / "empty") == b""
