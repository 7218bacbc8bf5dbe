# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on what the compiler and nm see: headers, prototypes, definitions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.doctor.build import Build, compile_
from generator.doctor.config import Configuration
from generator.doctor.make import Source
from generator.doctor.symbols import Link
from tests.unit.doctor.standin import Examine, change, needs_tools, problems, regenerate

BUILD = "templates/common/build"
BOTH_WAYS = ("provides", "needs")


@needs_tools
def test_header_that_is_gone(uk: Path, examine: Examine) -> None:
    (uk / "include/uk/plat/time.h").unlink()
    checks = examine()
    assert problems(checks)["headers"] == [
        "time.c:3:10: fatal error: uk/plat/time.h: No such file or directory",
        "boot.c:3:10: fatal error: uk/plat/time.h: No such file or directory",
    ]
    assert {checks[name]["verdict"] for name in BOTH_WAYS} == {"skipped"}, "nobody knows what they define"
    assert checks["needs"]["text"] == "2 files that do not compile may take or define symbols"


@needs_tools
def test_function_that_is_gone(uk: Path, examine: Examine) -> None:
    change(uk / "lib/ukboot/include/uk/boot.h", "void uk_boot_entry(void);", "")
    (fault,) = problems(examine())["headers"]
    assert "implicit declaration of function 'uk_boot_entry'" in fault.replace("\u2018", "'").replace("\u2019", "'")


@needs_tools
def test_prototype_that_changed_in_the_core(uk: Path, examine: Examine) -> None:
    change(uk / "lib/ukboot/include/uk/boot.h", "uk_boot_entry(void)", "uk_boot_entry(int)")
    change(uk / "lib/ukboot/boot.c", "uk_boot_entry(void)", "uk_boot_entry(int way)")
    (fault,) = problems(examine())["headers"]
    assert fault.startswith("time.c:")
    assert "too few arguments" in fault


@needs_tools
def test_symbols_of_the_core_that_are_gone(uk: Path, examine: Examine) -> None:
    """Still declared, so that everything compiles, but nothing defines them: the image would not link."""
    change(uk / "plat/common/common.c", "common =", "uncommon =")
    change(uk / "lib/ukboot/boot.c", "void uk_boot_entry", "static __attribute__((used)) void entry")
    assert problems(examine()) == {
        "needs": [
            "common: time.c takes it, but nothing that is built with the defaults defines it",
            "uk_boot_entry: time.c takes it, but nothing that is built with the defaults defines it",
        ]
    }


@needs_tools
def test_symbol_that_the_core_takes_anew(uk: Path, examine: Examine) -> None:
    """No list has it: the core's objects say so."""
    change(uk / "lib/ukboot/boot.c", "\twhile", "\textern void ukplat_new(void);\n\n\tukplat_new();\n\twhile")
    assert problems(examine()) == {
        "provides": [
            "ukplat_new: libukboot's boot.c takes it, but nothing that is built with the defaults defines it",
        ]
    }


@needs_tools
def test_symbol_that_only_another_configuration_takes(uk: Path, examine: Examine) -> None:
    text = "#if CONFIG_SMALL_DEBUG\n\textern void ukplat_more(void);\n\n\tukplat_more();\n#endif\n\twhile"
    change(uk / "lib/ukboot/boot.c", "\twhile", text)
    (fault,) = problems(examine())["provides"]
    assert fault.endswith("nothing that is built with SMALL_DEBUG on defines it")


@needs_tools
def test_definition_that_differs_from_the_core_s_declaration(uk: Path, examine: Examine) -> None:
    time = uk.parent / BUILD / "time.c"
    change(time, "#include <uk/plat/time.h>\n", "")
    change(time, "unsigned long ukplat", "int ukplat")
    regenerate()
    checks = examine()
    assert checks["headers"]["verdict"] == "ok"
    assert problems(checks)["provides"][0].startswith("ukplat_monotonic_clock: time.c:8:5: error: conflicting types")


@needs_tools
def test_definitions_that_are_missing(uk: Path, examine: Examine) -> None:
    folder = uk.parent / BUILD
    change(folder / "time.c", "unsigned long pending", "static unsigned long pending")
    change(folder / "entry.S", ".globl", ".local")
    change(folder / "link.lds.S", "image_end =", "image_start =")
    regenerate()
    assert [line.split(":")[0] for line in problems(examine())["provides"]] == ["_start", "image_end", "pending"]


@needs_tools
def test_make_function_that_is_gone(uk: Path, examine: Examine) -> None:
    makefile = uk.parent / BUILD / "Makefile.uk"
    makefile.write_text(makefile.read_text() + "image:\n\t$(call build_bootinfo,$@)\n")
    regenerate()
    assert problems(examine())["needs"] == [
        "build_bootinfo: the platform's make files call it, but the checkout defines no such function"
    ]


@needs_tools
def test_flag_that_renames_what_a_driver_calls_no_more(uk: Path, examine: Examine) -> None:
    makefile = uk.parent / BUILD / "Makefile.uk"
    flag = "LIBUKBOOT_BOOT_FLAGS-y += -Dukplat_suspend=power\n"
    makefile.write_text(makefile.read_text() + flag)
    regenerate()
    assert problems(examine())["needs"] == [
        "ukplat_suspend: boot.c no longer calls it, but is built with -Dukplat_suspend=power"
    ]
    change(uk / "lib/ukboot/boot.c", "\twhile", "\textern int ukplat_suspend;\n\n\tukplat_suspend++;\n\twhile")
    assert not problems(examine())


@needs_tools
def test_file_that_no_configuration_builds(uk: Path, examine: Examine) -> None:
    makefile = uk.parent / BUILD / "Makefile.uk"
    change(makefile, "LIBSMALLPLAT_SRCS-$(CONFIG_SMALL_DEBUG)", "LIBSMALLPLAT_SRCS-$(CONFIG_NOWHERE)")
    regenerate()
    check = examine()["headers"]
    assert (check["verdict"], check["details"]) == ("problem", ["clock_a.c"])
    assert check["text"] == "no configuration builds clock_a.c: gcc, with the defaults"


CHOICE = """
config SCHED
	bool

choice
	prompt "what starts"
	default WITH_SCHED
config WITH_SCHED
	bool "threads"
	select SCHED if ARCH_X86_64
config WITHOUT
	bool "nothing"
endchoice
"""


@needs_tools
def test_file_that_waits_for_what_a_choice_selects_to_be_off_is_built(uk: Path, examine: Examine) -> None:
    with (uk / "drivers/Config.uk").open("a") as menu:
        menu.write(CHOICE)
    makefile = uk.parent / BUILD / "Makefile.uk"
    change(makefile, "LIBSMALLPLAT_SRCS-$(CONFIG_SMALL_DEBUG)", "LIBSMALLPLAT_SRCS-$(if $(CONFIG_SCHED),,y)")
    regenerate()
    check = examine()["headers"]
    assert (check["verdict"], check["text"].split(" and ")[-1]) == ("ok", "with SCHED off")


@needs_tools
def test_sources_of_one_name_are_told_apart(uk: Path, examine: Examine) -> None:
    """The second one has what the first one lacks."""
    (uk / "lib/ukboot/arch").mkdir()
    (uk / "lib/ukboot/arch/boot.c").write_text("int more;\n")
    change(
        uk / "lib/Makefile.uk", "LIBUKBOOT_SRCS-y +=", "LIBUKBOOT_SRCS-y += $(CONFIG_UK_BASE)/lib/ukboot/arch/boot.c"
    )
    change(uk.parent / BUILD / "time.c", "return common", "extern int more;\n\n\treturn more + common")
    regenerate()
    assert not problems(examine())


@needs_tools
def test_without_nm_symbols_are_not_compared(uk: Path, examine: Examine, monkeypatch: pytest.MonkeyPatch) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, *rest: None if name == "nm" else which(name))
    checks = examine()
    assert checks["headers"]["verdict"] == "ok"
    assert {checks[name]["text"] for name in BOTH_WAYS} == {"nm is not installed (package binutils)"}
    assert {checks[name]["verdict"] for name in BOTH_WAYS} == {"skipped"}


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


@needs_tools
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("int name(void)\n{\n\treturn 0;\n}", True),
        ("static int name(void);\nint other(void)\n{\n\treturn 0;\n}", False),
        ("int name(void);", False),
        ("extern int name;", False),
        ("struct a *name;", True),
        ("const char name[4] = {\n};", True),
        ("int __attribute__((weak)) name;", True),
        ("/* name(x) { */", False),
        ("#define DEFINE(x) int x\nDEFINE(name);", True),
    ],
)
def test_what_counts_as_a_definition(tmp_path: Path, text: str, found: bool) -> None:
    (tmp_path / "a.c").write_text(f"{text}\n")
    source = Source("lib", tmp_path / "a.c", "", ("gcc",), True)
    result = compile_(source, tmp_path)
    link = Link("nm", Build(Configuration(tmp_path, "no options"), (result,), ()))
    assert ("name" in link.ours) is found
