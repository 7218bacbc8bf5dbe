# SPDX-License-Identifier: BSD-3-Clause
"""A Kraftfile's options become a configuration's, and what is no option is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.unikraft import config
from generator.unikraft.kraftfile import settings

USUAL = """\
spec: v0.6
name: hello
unikraft:
  version: 0.20
  kconfig:
    CONFIG_LIBVFSCORE: "y"
    LIBUKNETDEV: true
    CONFIG_LIBPOSIX_SOCKET: n
    CONFIG_LIBUKMMAP: false
    CONFIG_STACK: 0x10
    CONFIG_ORDER: 4
    CONFIG_TEXT: say "it"
    CONFIG_QUOTED: '"as it is"'
libraries:
  musl: stable
  uk-own:
    kconfig:
      - CONFIG_LIBUK_OWN_DEEP=y
      - CONFIG_ORDER=5
      - CONFIG_EMPTY=
targets:
  - plat: qemu
    kconfig: [CONFIG_PLAT_KVM=y]
volumes: ["./a:/a", 80:80]
"""
TAKEN = """\
CONFIG_LIBVFSCORE=y
CONFIG_LIBUKNETDEV=y
# CONFIG_LIBPOSIX_SOCKET is not set
# CONFIG_LIBUKMMAP is not set
CONFIG_STACK=0x10
CONFIG_ORDER=5
CONFIG_TEXT="say \\"it\\""
CONFIG_QUOTED="as it is"
CONFIG_LIBMUSL=y
CONFIG_LIBUK_OWN=y
CONFIG_LIBUK_OWN_DEEP=y
CONFIG_EMPTY=""
"""


def kraftfile(folder: Path, text: str) -> Path:
    path = folder / "Kraftfile"
    path.write_text(text)
    return path


def test_all_forms_of_an_option_are_read_and_the_rest_of_the_file_is_krafts(tmp_path: Path) -> None:
    assert config.read_all([kraftfile(tmp_path, USUAL)]).or_stop() == TAKEN


@pytest.mark.parametrize(
    "text",
    ["", "# nothing yet\n", "unikraft: 0.20\n", "runtime: base\n", "[a, list]\n", "unikraft:\n  kconfig:\n"],
)
def test_without_options_there_are_none(tmp_path: Path, text: str) -> None:
    assert settings(kraftfile(tmp_path, text)).or_stop() == {}


@pytest.mark.parametrize(
    ("options", "place", "told"),
    [
        ("{CONFIG_A: no}", "3:23", "[yaml-reading]"),
        ("{CONFIG_A: }", "3:23", "CONFIG_A has no value [kraftfile]"),
        ("{CONFIG_A: [y]}", "3:23", "CONFIG_A has no value [kraftfile]"),
        ("{CONFIG A: y}", "3:23", "'CONFIG A' is no option [kraftfile]"),
        ("[CONFIG_A]", "3:13", "CONFIG_A has no value [kraftfile]"),
        ("[CONFIG_A: y]", "3:13", "each item here must be NAME=VALUE [kraftfile]"),
        ("CONFIG_A=y", "3:12", "'kconfig' must be a mapping, or a list of NAME=VALUE [kraftfile]"),
        ("*more", "3:12", "[alias]"),
        ("{", "", "[yaml-syntax]"),
    ],
)
def test_what_is_no_option_is_told_at_its_place(tmp_path: Path, options: str, place: str, told: str) -> None:
    path = kraftfile(tmp_path, f"more: &more {{CONFIG_B: y}}\nunikraft:\n  kconfig: {options}\n")
    error = settings(path).errors[-1]
    assert told in str(error)
    assert str(error).startswith(f"{path}:{place}:" if place else f"{path}:")


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("libraries: [musl]\n", "1:12", "'libraries' must be a mapping from names [kraftfile]"),
        ("unikraft: 0.20\n---\nunikraft: 0.21\n", "2:1", "a second YAML document starts here [two-documents]"),
    ],
)
def test_nothing_is_left_out_in_silence(tmp_path: Path, text: str, place: str, told: str) -> None:
    path = kraftfile(tmp_path, text)
    (error,) = settings(path).errors
    assert str(error).startswith(f"{path}:{place}: error: {told}")


@pytest.mark.parametrize(
    ("options", "form"),
    [("{CONFIG_A: }", 'CONFIG_A: "y"'), ("[CONFIG_A]", "CONFIG_A=y"), ("[=y]", "CONFIG_LIBVFSCORE=y")],
)
def test_the_hint_has_the_form_of_what_stands_there(tmp_path: Path, options: str, form: str) -> None:
    (error,) = settings(kraftfile(tmp_path, f"unikraft:\n  kconfig: {options}\n")).errors
    assert error.hint == f"for example: {form}"


def test_a_whole_configuration_comes_alone_and_a_part_below_the_kraftfile(tmp_path: Path) -> None:
    own = kraftfile(tmp_path, "unikraft: {kconfig: {CONFIG_A: n, CONFIG_C: y}}\n")
    assert config.usual_configs(tmp_path) == (own,)
    part = tmp_path / "defconfig"
    part.write_text("CONFIG_A=y\nCONFIG_B=y")
    assert config.usual_configs(tmp_path) == (part, own)
    assert config.read_all((part, own)).or_stop() == "CONFIG_B=y\n# CONFIG_A is not set\nCONFIG_C=y\n"
    (tmp_path / ".config").touch()
    assert config.usual_configs(tmp_path) == (tmp_path / ".config",)
