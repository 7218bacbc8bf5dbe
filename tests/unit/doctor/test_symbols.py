# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on what the compiler sees: headers, prototypes, definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.doctor import symbols as doctor_symbols
from generator.doctor.build import Compiled, Source
from tests.unit.doctor.standin import Examine, change, needs_tools, problems, regenerate


@needs_tools
def test_header_that_is_gone(uk: Path, examine: Examine) -> None:
    (uk / "include/uk/plat/time.h").unlink()
    found = problems(examine())
    assert found["headers"] == ["time.c:3:10: fatal error: uk/plat/time.h: No such file or directory"]
    assert found["provides"][0].startswith("ukplat_monotonic_clock: uk/plat/time.h: ")


@needs_tools
def test_function_that_is_gone(uk: Path, examine: Examine) -> None:
    change(uk / "lib/ukboot/include/uk/boot.h", "void uk_boot_entry(void);", "")
    found = problems(examine())
    assert "implicit declaration of function 'uk_boot_entry'" in found["headers"][0].replace("\u2018", "'").replace(
        "\u2019", "'"
    )
    assert found["needs"][0].startswith("uk_boot_entry: uk/boot.h: ")


@needs_tools
def test_prototype_that_changed_in_the_core(uk: Path, examine: Examine) -> None:
    change(uk / "lib/ukboot/include/uk/boot.h", "uk_boot_entry(void)", "uk_boot_entry(int)")
    found = problems(examine())
    assert "too few arguments" in found["headers"][0]
    assert found["needs"][0].startswith("uk_boot_entry: uk/boot.h: conflicting types")


@needs_tools
def test_type_and_source_symbol_that_are_gone(uk: Path, examine: Examine) -> None:
    change(uk / "lib/ukboot/include/uk/boot.h", "struct uk_boot {", "struct uk_boots {")
    change(uk / "plat/common/common.c", "struct uk_boot)", "int)")
    change(uk / "plat/common/common.c", "common =", "uncommon =")
    found = problems(examine())["needs"]
    assert found[0].startswith("struct uk_boot: uk/boot.h: invalid application of 'sizeof'")
    assert found[1] == "common: nothing in plat/common has it"


@needs_tools
def test_definition_that_differs_from_the_core_s_declaration(uk: Path, examine: Examine) -> None:
    time = uk.parent / "templates/common/build/time.c"
    change(time, "#include <uk/plat/time.h>\n", "")
    change(time, "unsigned long ukplat", "int ukplat")
    regenerate()
    checks = examine()
    assert checks["headers"]["verdict"] == "ok"
    assert problems(checks)["provides"][0].startswith("ukplat_monotonic_clock: time.c:7:5: error: conflicting types")


@needs_tools
def test_definitions_that_are_missing(uk: Path, examine: Examine) -> None:
    folder = uk.parent / "templates/common/build"
    change(folder / "time.c", "unsigned long pending", "static unsigned long pending")
    change(folder / "entry.S", ".globl", ".local")
    change(folder / "link.lds.S", "image_end =", "image_start =")
    regenerate()
    assert [line.split(":")[0] for line in problems(examine())["provides"]] == ["pending", "_start", "image_end"]


@needs_tools
def test_source_of_the_checkout_that_is_gone(uk: Path, examine: Examine) -> None:
    (uk / "plat/common/common.c").rename(uk / "plat/common/other.c")
    assert problems(examine())["headers"] == ["common.c: there is no such file in plat/common"]


@needs_tools
def test_fault_in_assembly(uk: Path, examine: Examine) -> None:
    with (uk.parent / "platforms/small/entry.S").open("a") as file:
        file.write("\tno_such_instruction\n")
    assert "no such instruction" in problems(examine())["headers"][0]


@needs_tools
def test_makefile_that_stops(uk: Path, examine: Examine) -> None:
    with (uk / "Makefile.uk").open("a") as file:
        file.write("$(error out of order)\n")
    check = examine()["headers"]
    assert check["verdict"] == "problem"
    assert "out of order" in check["details"][0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("int name(void)\n{", True),
        ("static int name(void)\n{", False),
        ("int name(void);", False),
        ("extern int name;", False),
        ("struct a *name;", True),
        ("const char name[4] = {", True),
        ("void __noreturn name(int a,\n\tint b)\n{", True),
        ("\tname(1);", False),
        ("int other(void)\n{\n\treturn name(1);\n}", False),
        ("/* name(x) { */", False),
        ("int names;", False),
    ],
)
def test_what_counts_as_a_definition(tmp_path: Path, text: str, found: bool) -> None:
    path = tmp_path / "a.c"
    path.write_text(f"{text}\n")
    compiled = Compiled(Source(path, "", (), True), (), path)
    assert doctor_symbols.defines(compiled, "name") is found


@pytest.mark.parametrize(
    ("prototype", "name"),
    [("int f(void)", "f"), ("char a[]", "a"), ("struct s *p", "p"), ("void *g(int (*h)(void))", "g")],
)
def test_name_of_a_prototype(prototype: str, name: str) -> None:
    assert doctor_symbols.name_of(prototype) == name
