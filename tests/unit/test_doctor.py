# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on a stand-in for Unikraft: each verdict of each check. Bad input is in tests/bad."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import cli, doctor_symbols
from generator.doctor_build import Compiled, Source
from tests.unit.helpers import SMALL, Run, snapshot

TOOLS = [tool for tool in ("make", "gcc") if not shutil.which(tool)]
needs_tools = pytest.mark.skipif(bool(TOOLS), reason=f"missing: {', '.join(TOOLS)}")

COMPONENT = """summary: what the stand-in's build and core ask for
provides: [build]
files:
  - Makefile.uk
  - time.c
  - {source: quiet.c, isr: true}
  - entry.S
  - link.lds.S
"""
MAKEFILE = """# SPDX-License-Identifier: BSD-3-Clause
$(eval $(call addplat_s,small,$(CONFIG_PLAT_SMALL)))
$(eval $(call addplatlib,small,libsmallplat))
LIBSMALLPLAT_CINCLUDES-y += -I$(LIBSMALLPLAT_BASE)/include
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/core.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/time.c
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/quiet.c|isr
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/entry.S
LIBSMALLPLAT_SRCS-y += $(LIBSMALLPLAT_BASE)/link.lds.S
LIBSMALLPLAT_SRCS-$(CONFIG_SMALL_DEBUG) += $(LIBSMALLPLAT_BASE)/clock_a.c
LIBSMALLPLAT_SRCS-y += $(UK_PLAT_COMMON_BASE)/common.c
"""
LEVEL = """summary: the default level
requires: [core, power, build]
releases: ["0.21.0"]
kconfig-outside: [OUTSIDE]
marks:
  - path: lib/ukboot/include
  - {path: include/uk/plat/time.h, text: ukplat_monotonic_clock}
  - {path: lib/gone, absent: true}
provides-symbols:
  - header: uk/plat/time.h
    names: [ukplat_monotonic_clock]
  - prototypes: ["unsigned long pending"]
  - names: [_start, image_end]
  - {names: [never], when: SMALL_DEBUG}
needs-symbols:
  - header: uk/boot.h
    names: [UK_BOOT_ENTRY, struct uk_boot, uk_boot_entry]
    prototypes: ["void uk_boot_entry(void)"]
  - {source: plat/common, names: [common]}
"""
SOURCES = {
    "Makefile.uk": MAKEFILE,
    "time.c": """#include <uk/plat/time.h>
#include <uk/boot.h>

unsigned long pending;

unsigned long ukplat_monotonic_clock(void)
{
	uk_boot_entry();
	return 0;
}
""",
    "quiet.c": """#if defined(__SSE2__) && !defined(__clang__)
#error "compiled without the flags of isr"
#endif
int quiet;
""",
    "entry.S": "\t.globl _start\n_start:\n\thlt\n",
    "link.lds.S": "SECTIONS\n{\n\timage_end = .;\n}\n",
}
NAMES = ("release", "tree", "kconfig", "names", "collisions", "options", "headers", "provides", "needs")


@pytest.fixture
def uk(project: Path, run: Run) -> Path:
    """The stand-in, beside a project whose small platform can be built with it and is generated."""
    folder = project / "templates/common/build"
    folder.mkdir()
    (folder / "component.yaml").write_text(COMPONENT)
    for name, text in SOURCES.items():
        first = "" if name == "Makefile.uk" else "/* SPDX-License-Identifier: BSD-3-Clause */\n"
        (folder / name).write_text(first + text)
    (project / "templates/levels/0.21.yaml").write_text(LEVEL)
    assert run("gen", "small").code == 0
    return project / "unikraft"


@pytest.fixture
def examine(
    uk: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., dict[str, Any]]:
    """Run the command; the checks by name. A test that does not need the tools goes without, for speed."""
    if not request.node.get_closest_marker("skipif"):
        monkeypatch.setattr(shutil, "which", lambda name, *rest: None)

    def command(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        result = run("doctor", "--json", "--unikraft", str(uk), "small", *arguments)
        assert result.code in (0, 1), result.err
        data = json.loads(result.out)
        assert (result.code, result.err) == (0 if data["fits"] else 1, "")
        return {check["name"]: check for check in data["checks"]}

    return command


Examine = Callable[..., dict[str, Any]]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def problems(checks: dict[str, Any]) -> dict[str, list[str]]:
    return {name: check["details"] for name, check in checks.items() if check["verdict"] == "problem"}


def regenerate() -> None:
    assert cli.main(["gen", "small"]) == 0


@needs_tools
def test_all_is_well(uk: Path, run: Run) -> None:
    result = run("doctor", "--unikraft", "unikraft", "small")
    assert result.out == (
        "Unikraft 0.21.0 (Small) in unikraft\n"
        "ok       release    0.21.0 is served by core level 0.21, and has its 3 marks\n"
        "ok       tree       platforms/small is for core level 0.21, 12 files as generated\n"
        "ok       kconfig    no warning beyond the checkout's own 0; PLAT_SMALL is on\n"
        "ok       names      Unikraft 0.21.0 has all 2 symbols that Config.uk names\n"
        "ok       collisions no symbol is defined twice; small and libsmallplat are free\n"
        "ok       options    1 option of the platform can be seen\n"
        "ok       headers    6 files of ours and 1 of the checkout's that they build on pass gcc with the defaults,"
        " clock_a.c with SMALL_DEBUG on (not built in this configuration: machine.c, power.c)\n"
        "ok       provides   all 4 symbols that the core asks of the platform are there, as declared\n"
        "ok       needs      all 4 symbols that the platform uses of the core are there, as declared\n"
        "small at core level 0.21 fits Unikraft 0.21.0\n"
    )
    assert result.code == 0


@needs_tools
def test_json_names_every_check(examine: Examine) -> None:
    checks = examine()
    assert tuple(checks) == NAMES
    assert {check["verdict"] for check in checks.values()} == {"ok"}


@needs_tools
def test_checkout_is_only_read(uk: Path, examine: Examine) -> None:
    """Not a byte and not a date changes, and nothing can: the folder is read-only."""
    places = [uk, *uk.rglob("*")]
    before = snapshot(uk), [place.stat().st_mtime_ns for place in places]
    for place in places:
        place.chmod(place.stat().st_mode & ~0o222)
    examine()
    assert (snapshot(uk), [place.stat().st_mtime_ns for place in places]) == before
    for place in places:
        place.chmod(place.stat().st_mode | 0o200)


def test_release_of_later_months_goes_by_its_marks(uk: Path, examine: Examine) -> None:
    """What calls itself by the last release may already have the next interface."""
    old = uk.parent / "templates/levels/0.20.yaml"
    old.write_text(LEVEL.replace("0.21.0", "0.20.0").replace("lib/ukboot/include", "lib/older"))
    change(uk / "version.mk", "21", "20")
    check = examine()["release"]
    assert check["verdict"] == "ok"
    assert check["text"] == "calls itself 0.20.0, and has the interface of core level 0.21 (0.21.0)"


def test_unknown_release_with_known_interface(uk: Path, examine: Examine) -> None:
    change(uk / "version.mk", "21", "22")
    check = examine()["release"]
    assert check["verdict"] == "ok"
    assert check["text"].startswith("0.22.0 is a release that this generator does not know, and has the interface of")


def test_unknown_release_gets_the_nearest_level(uk: Path, examine: Examine) -> None:
    (uk.parent / "templates/levels/0.18.yaml").write_text(LEVEL.replace("0.21.0", "0.18.0"))
    (uk / "lib/gone").mkdir()
    change(uk / "version.mk", "21", "30")
    check = examine()["release"]
    assert check["verdict"] == "problem"
    assert check["text"].endswith("the nearest core level is 0.21")
    assert check["details"] == ["lib/gone should not be there"]


def test_known_release_that_lacks_its_marks(uk: Path, examine: Examine) -> None:
    change(uk / "include/uk/plat/time.h", "ukplat_monotonic_clock", "ukplat_clock")
    check = examine()["release"]
    assert check["verdict"] == "problem"
    assert check["details"] == ["'ukplat_monotonic_clock' in include/uk/plat/time.h is missing"]


def test_level_that_is_asked_for_and_does_not_fit(uk: Path, examine: Examine) -> None:
    text = LEVEL.replace("0.21.0", "0.18.0").replace("path: lib/ukboot/include", "path: lib/older")
    (uk.parent / "templates/levels/0.18.yaml").write_text(text)
    check = examine("--core", "0.18")["release"]
    assert check["verdict"] == "problem"
    assert check["text"].startswith("core level 0.18 was asked for, and this checkout has that of level 0.21")
    assert check["details"] == ["lib/older is missing"]


def test_edited_missing_and_stale_files(uk: Path, examine: Examine) -> None:
    tree = uk.parent / "platforms/small"
    with (tree / "core.c").open("a") as file:
        file.write("int mine;\n")
    (tree / "clock_a.c").unlink()
    with (uk.parent / "templates/common/build/quiet.c").open("a") as file:
        file.write("int later;\n")
    check = examine()["tree"]
    assert check["details"] == [
        ".platgen.json: not what the templates give now",
        "clock_a.c: missing",
        "core.c: edited by hand",
        "quiet.c: not what the templates give now",
    ]
    assert check["hint"] == "move the edits to their source, or give them up: platgen gen small --force"


def test_tree_of_another_level(uk: Path, examine: Examine) -> None:
    assert cli.main(["gen", "small", "--core", "bare", "-o", "elsewhere"]) == 0
    check = examine("--tree", "elsewhere")["tree"]
    assert check["text"] == "elsewhere is for core level bare, and this checkout needs level 0.21"
    assert check["hint"] == "platgen gen small -o elsewhere"


def test_tree_of_another_platform(uk: Path, examine: Examine) -> None:
    change(uk.parent / "platforms/small/.platgen.json", '"spec": "small"', '"spec": "large"')
    assert examine()["tree"]["text"] == "platforms/small is of platform large, not of small"


def test_tree_in_a_folder_with_a_blank(uk: Path, examine: Examine) -> None:
    assert cli.main(["gen", "small", "-o", "my tree"]) == 0
    checks = examine("--tree", "my tree")
    assert checks["tree"]["verdict"] == "problem"
    assert checks["kconfig"]["verdict"] == "skipped"


@needs_tools
def test_tree_behind_a_link(uk: Path, examine: Examine) -> None:
    Path("link").symlink_to("platforms/small")
    assert not problems(examine("--tree", "link"))


def test_no_level_serves_a_release(uk: Path, run: Run) -> None:
    change(uk.parent / "templates/levels/0.21.yaml", 'releases: ["0.21.0"]\n', "")
    result = run("doctor", "--unikraft", "unikraft", "small")
    assert (result.code, result.out) == (2, "")
    assert "no core level serves a release of Unikraft [no-release]" in result.err


@needs_tools
def test_no_tree_yet(uk: Path, examine: Examine) -> None:
    shutil.rmtree(uk.parent / "platforms/small")
    checks = examine()
    assert checks["tree"]["verdict"] == "skipped"
    assert not problems(checks)
    assert not (uk.parent / "platforms/small").exists()


CONFIG = "templates/common/core/config.uk.j2"


def test_symbol_of_both(uk: Path, examine: Examine) -> None:
    change(uk.parent / CONFIG, "SMALL_DEBUG", "DRIVER")
    regenerate()
    assert problems(examine())["collisions"] == ["symbol DRIVER is defined here and in drivers/Config.uk line 4"]


def test_symbol_that_is_declared_once_more_on_purpose(uk: Path, examine: Examine) -> None:
    change(uk.parent / CONFIG, "SMALL_DEBUG", "DRIVER")
    regenerate()
    with (uk.parent / "templates/levels/0.21.yaml").open("a") as file:
        file.write("kconfig-redeclared: [DRIVER]\n")
    assert examine()["collisions"]["verdict"] == "ok"


def test_platform_and_library_of_both(uk: Path, examine: Examine) -> None:
    change(uk / "plat/native/Makefile.uk", "libnativeplat", "libsmallplat")
    change(uk / "plat/native/Makefile.uk", "addplat_s,native", "addplat_s,small")
    assert problems(examine())["collisions"] == [
        "platform small is also that of plat/native/Makefile.uk",
        "library libsmallplat is also that of plat/native/Makefile.uk",
    ]


def test_symbol_that_the_checkout_does_not_have(uk: Path, examine: Examine) -> None:
    change(uk / "drivers/Config.uk", "config OUTSIDE", "config OUTSIDER")
    assert problems(examine())["names"] == ["OUTSIDE, in Config.uk line 5"]


def test_option_that_cannot_be_seen(uk: Path, examine: Examine) -> None:
    change(uk / "drivers/Config.uk", "depends on NOWHERE", "depends on !PLAT_SMALL")
    with (uk.parent / CONFIG).open("a") as file:
        file.write('config SMALL_IDLE\n\tbool "idle"\n\tdepends on OUTSIDE && !PLAT_SMALL\n')
    tree = uk.parent / "platforms/small/Config.uk"
    tree.write_text(tree.read_text() + 'config SMALL_IDLE\n\tbool "idle"\n\tdepends on DRIVER\n')
    shutil.copy(SMALL / CONFIG, uk.parent / CONFIG)
    assert problems(examine())["options"] == ["SMALL_IDLE: it depends on DRIVER"]


def test_warning_that_only_the_platform_brings(uk: Path, examine: Examine) -> None:
    with (uk.parent / "platforms/small/Config.uk").open("a") as file:
        file.write("config SMALL_SIZE\n\tint\n\tdefault y\n")
    assert "SMALL_SIZE" in problems(examine())["kconfig"][0]


def test_platform_that_cannot_be_switched_on(uk: Path, examine: Examine) -> None:
    change(uk.parent / "platforms/small/Config.uk", "\tselect OUTSIDE", "\tdepends on DRIVER")
    checks = examine()
    assert problems(checks)["kconfig"] == ["PLAT_SMALL cannot be switched on: it depends on DRIVER"]
    assert checks["headers"]["verdict"] == "skipped"


def test_kconfig_that_does_not_parse(uk: Path, examine: Examine) -> None:
    with (uk.parent / "platforms/small/Config.uk").open("a") as file:
        file.write("endmenu\n")
    assert "does not parse" in examine()["kconfig"]["text"]


def test_checkout_whose_kconfig_does_not_parse(uk: Path, examine: Examine) -> None:
    change(uk / "drivers/Config.uk", "config OUTSIDE", "configure OUTSIDE")
    check = examine()["kconfig"]
    assert (check["verdict"], check["text"][:39]) == ("skipped", "the checkout's own Kconfig does not par")


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


@needs_tools
def test_configuration_of_the_user(uk: Path, examine: Examine, tmp_path: Path) -> None:
    config = tmp_path / "dotconfig"
    config.write_text("CONFIG_PLAT_SMALL=y\nCONFIG_SMALL_DEBUG=y\nCONFIG_APP=y\nCONFIG_OUTSIDE=7\n")
    checks = examine("--config", str(config))
    assert "with dotconfig (not built in this configuration: machine.c, power.c)" in checks["headers"]["text"]
    assert problems(checks) == {"provides": ["never: no file of the platform that is built defines it"]}


@needs_tools
def test_configuration_for_another_platform(uk: Path, examine: Examine, tmp_path: Path) -> None:
    config = tmp_path / "dotconfig"
    config.write_text("CONFIG_PLAT_NATIVE=y\n")
    checks = examine("--config", str(config))
    assert "with dotconfig with PLAT_SMALL switched on instead of PLAT_NATIVE" in checks["headers"]["text"]


@pytest.mark.parametrize(("tools", "text"), [((), "no GNU make"), (("make",), "no gcc and no clang")])
def test_missing_tools_are_named(
    uk: Path, examine: Examine, monkeypatch: pytest.MonkeyPatch, tools: tuple[str, ...], text: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name, *rest: name if name in tools else None)
    check = examine()["headers"]
    assert (check["verdict"], text in check["text"]) == ("skipped", True)


def test_git_is_asked_without_locks(uk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (uk / ".git").write_text("gitdir: nowhere\n")  # git fails: the checks go on
    assert run("doctor", "--unikraft", "unikraft", "small").out.count("Unikraft 0.21.0 (Small) in unikraft\n") == 1


def test_long_list_is_cut(uk: Path, run: Run) -> None:
    for name in ("core.c", "time.c", "quiet.c", "entry.S", "machine.c", "power.c", "clock_a.c"):
        (uk.parent / "platforms/small" / name).unlink()
    assert "... and 2 more (--json has all)" in run("doctor", "--unikraft", "unikraft", "small").out


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
