# SPDX-License-Identifier: BSD-3-Clause
"""`build`: a stand-in's make configures by the real Kconfiglib and compiles by gcc; tests/unit/data has the rest."""

from __future__ import annotations

import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from generator.progress import Phase
from generator.unikraft import command, config
from generator.unikraft.faults import faults
from tests.unit.bad import expect
from tests.unit.doctor.standin import change, needs_tools
from tests.unit.documents import read
from tests.unit.helpers import Run, snapshot

MAKEFILE = f"""# SPDX-License-Identifier: BSD-3-Clause
# The targets of Unikraft's Makefile that build an image, in small
NAME   := $(notdir $(A))
CONFIG := UK_BASE=$(CURDIR) KCONFIG_DIR=$(O)/kconfig KCONFIG_PLAT_BASE=$(CURDIR)/plat KCONFIG_EPLAT_DIRS=$(P)

olddefconfig:
	mkdir -p $(O)/kconfig && touch $(O)/kconfig/conf.o
	$(CONFIG) UK_FULLVERSION=0 KCONFIG_CONFIG=$(C) {sys.executable} -m olddefconfig $(CURDIR)/Config.uk

prepare:
	$(if $(MAKEFLAGS_OF_THE_USER),false)

print-objs:
	@echo 'lib:'
	@echo '   $(O)/lib/main.o '

all:
	@echo '  CC      lib: main.o'
	mkdir -p $(O)/lib
	gcc -c -g -o $(O)/lib/main.o $(A)/main.c
	gcc -nostdlib -no-pie -o $(O)/$(NAME)_small-x86_64 $(O)/lib/main.o
"""
LIBRARY = "config LIBOWN\n\tbool\n"


@pytest.fixture
def app(uk: Path) -> Path:
    """A small application beside the stand-in, which gets a Makefile."""
    (uk / "Makefile").write_text(MAKEFILE)
    folder = uk.parent / "hello"
    folder.mkdir()
    (folder / "Makefile.uk").touch()
    (folder / "main.c").write_text("void _start(void)\n{\n}\n")
    return folder


BUILD = ("build", "small", "--unikraft", "unikraft", "--app", "hello")


@needs_tools
def test_an_application_is_built_beside_itself_and_beside_the_checkout(app: Path, run: Run) -> None:
    before = snapshot(app), snapshot(app.parent / "unikraft"), snapshot(app.parent / "platforms")
    result = run(*BUILD)
    assert (result.code, result.out) == (0, ""), result.err
    first, second, third = result.err.splitlines()
    assert first == "Unikraft 0.21.0 in unikraft, core level 0.21"
    assert second == "configured build/hello-small/config: Unikraft's defaults with PLAT_SMALL on"
    assert third.startswith("built      build/hello-small/out/hello_small-x86_64 in ")
    assert (app.parent / "build/hello-small/out/hello_small-x86_64").is_file()
    assert (app.parent / "build/hello-small/platform/.platgen.json").is_file()
    assert (snapshot(app), snapshot(app.parent / "unikraft"), snapshot(app.parent / "platforms")) == before


@needs_tools
def test_a_first_build_tells_how_many_files_there_are(app: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(command, "is_watched", lambda: True)
    monkeypatch.setattr(Phase, "tell", lambda _, note: told.append(note))
    assert (run(*BUILD).code, run(*BUILD).code) == (0, 0)
    assert told == ["1 of 1 files", "1 files"]


@needs_tools
def test_the_applications_configuration_is_kept_and_every_change_is_told(app: Path, run: Run) -> None:
    given = "CONFIG_PLAT_NATIVE=y\nCONFIG_DRIVER=y\nCONFIG_NATIVE_DETAIL=y\n# a comment\n"
    (app / ".config").write_text(given)
    (app / "defconfig").write_text("CONFIG_ELSE=y\n")
    change(app.parent / "unikraft/drivers/Config.uk", "depends on NOWHERE", "depends on PLAT_SMALL")
    result = run(*BUILD)
    told = "hello/.config with PLAT_NATIVE off, PLAT_SMALL on, without NATIVE_DETAIL, which nothing of this build has\n"
    assert f"configured build/hello-small/config: {told}" in result.err
    got = config.values((app.parent / "build/hello-small/config").read_text())
    assert (got["DRIVER"], got["PLAT_SMALL"], got["PLAT_NATIVE"]) == ("y", "y", "n")
    assert (app / ".config").read_text() == given


@needs_tools
def test_a_value_that_kconfig_does_not_take_is_told_as_that(app: Path, run: Run) -> None:
    change(app.parent / "unikraft/drivers/Config.uk", "depends on NOWHERE", "depends on PLAT_SMALL")
    (app / "Kraftfile").write_text("unikraft: {kconfig: {CONFIG_DRIVER: maybe, CONFIG_DRVIER: 1}}\n")
    told = "PLAT_SMALL on, without DRVIER, which nothing of this build has, with another value of DRIVER\n"
    assert told in run(*BUILD).err


@needs_tools
def test_a_library_that_no_folder_brings_ends_the_build(app: Path, run: Run) -> None:
    (app / "defconfig").write_text("CONFIG_LIBOWN=y\n")
    result = run(*BUILD)
    message = "platgen: error: hello/defconfig has libraries that are not here: LIBOWN [no-library]\n"
    assert (result.code, message in result.err) == (2, True), result.err
    library = app.parent / "own"
    library.mkdir()
    (library / "Makefile.uk").touch()
    (library / "Config.uk").write_text(LIBRARY)
    assert run(*BUILD, "--lib", "own").code == 0


@needs_tools
def test_what_the_compiler_refuses_is_shown_at_its_place(app: Path, run: Run) -> None:
    """The column counts characters, where gcc counts a tab as eight."""
    (app / "main.c").write_text("int main(void)\n{\n\treturn nothing;\n}\n")
    result = run(*BUILD)
    assert (result.code, result.out) == (2, "")
    assert "hello/main.c:3:9: error: 'nothing' undeclared (first use in this function) [build]\n" in result.err
    assert "    3 |  return nothing;\n      |         ^\nhint: whole log: build/hello-small/build.log\n" in result.err
    assert result.err.endswith("1 error\n")


@needs_tools
def test_what_the_linker_misses_is_shown_at_its_place(app: Path, run: Run) -> None:
    (app / "main.c").write_text("void gone(void);\nvoid _start(void)\n{\n\tgone();\n}\n")
    assert "hello/main.c:4: error: undefined reference to `gone' [build]\n" in run(*BUILD).err


@needs_tools
def test_make_variables_of_the_caller_do_not_reach_unikraft(
    app: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEFLAGS_OF_THE_USER", "y")
    monkeypatch.setenv("MAKEFLAGS", "n")
    assert run(*BUILD).code == 0


def test_what_does_not_fit_is_told_before_anything_is_compiled(app: Path, run: Run) -> None:
    change(app.parent / "unikraft/drivers/Config.uk", "config OUTSIDE", "config OUTSIDER")
    result = run(*BUILD)
    assert "error: Config.uk names 1 symbol that Unikraft 0.21.0 does not have [doctor-names]\n" in result.err
    assert "detail: OUTSIDE, in Config.uk line 5\n" in result.err
    assert (result.code, (app.parent / "build/hello-small/build.log").exists()) == (2, False)


@needs_tools
def test_a_release_that_no_level_fits_is_built_only_when_a_level_is_named(app: Path, run: Run) -> None:
    (app.parent / "unikraft/lib/gone").mkdir()
    result = run(*BUILD)
    assert (result.code, "[doctor-release]\ndetail: lib/gone should not be there\n" in result.err) == (2, True)
    assert "hint: --core 0.21 builds it all the same\n" in result.err
    result = run(*BUILD, "--core", "0.21")
    assert (result.code, result.err.startswith("note: calls itself 0.21.0, but does not look as ")) == (0, True)


@needs_tools
def test_a_tree_that_was_edited_is_not_overwritten(app: Path, run: Run) -> None:
    assert run(*BUILD).code == 0
    tree = app.parent / "build/hello-small/platform"
    (tree / "core.c").write_text("int mine;\n")
    result = run(*BUILD)
    expect("build-edited", result.err)
    assert result.code == 2
    (error,) = read(run(*BUILD, "--format", "json"))["errors"]
    assert (error["code"], error["hint"].endswith("--force")) == ("edited", True)
    assert (tree / "core.c").read_text() == "int mine;\n"


def test_the_build_folder_is_never_in_the_applications(app: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(*BUILD, "-o", "hello/build")
    assert (result.code, "[folder-in-app]" in result.err) == (2, True)
    project = app.parent
    elsewhere = shutil.copytree(app, project.parent / "hello")
    monkeypatch.chdir(elsewhere)
    words = ("build", "small", "--root", str(project), "--unikraft", str(project / "unikraft"))
    monkeypatch.setattr(shutil, "which", lambda name, *rest: None)
    run(*words)
    assert (project.parent / "build/hello-small/config").is_file()
    assert sorted(path.name for path in elsewhere.iterdir()) == ["Makefile.uk", "main.c"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a.c:9: warning: x", "make: *** [Makefile:3: a.o] Error 1"], "[Makefile:3: a.o] Error 1"),
        (["/usr/bin/ld: cannot find -lm: No such file"], "cannot find -lm: No such file"),
        (["sh: 1: flex: not found", "make: *** [x] Error 127"], "flex: not found"),
        (["here.uk:2: syntax error", "make: *** [x] Error 1"], "here.uk:2: error: syntax error"),
        (["Makefile:5: *** Cannot find library: /x.  Stop."], "Cannot find library: /x"),
        (["here.uk:1:2: error: a", "here.uk:1:2: error: a", "ld: b"], "here.uk:1:2: error: a"),
        (["said", "", "no more"], "no more"),
        ([], "make ended without a word"),
    ],
)
def test_of_all_that_make_says_the_cause_is_told(lines: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "here.uk").write_text("one\ntwo\n")
    (found,) = faults(lines, tmp_path, "")
    assert told in str(found).replace(f"{tmp_path}/", "")


def test_what_a_config_uk_wants_off_is_off() -> None:
    text = "CONFIG_A=y\nCONFIG_OPTIMIZE_PIE=y\n# CONFIG_B is not set"
    asked = config.asked(text, {"OPTIMIZE_PIE": "n", "B": "y", "C": "n"})
    assert asked.text == "CONFIG_A=y\n# CONFIG_OPTIMIZE_PIE is not set\nCONFIG_B=y\n# CONFIG_C is not set\n"
    assert asked.changes == ("OPTIMIZE_PIE off", "B on")


@needs_tools
def test_a_kraftfiles_options_apply(app: Path, run: Run) -> None:
    change(app.parent / "unikraft/drivers/Config.uk", "depends on NOWHERE", "depends on PLAT_SMALL")
    (app / "Kraftfile").write_text('spec: v0.6\nunikraft:\n  kconfig:\n    CONFIG_DRIVER: "y"\n')
    result = run(*BUILD)
    assert "configured build/hello-small/config: hello/Kraftfile with PLAT_SMALL on\n" in result.err
    assert config.values((app.parent / "build/hello-small/config").read_text())["DRIVER"] == "y"
    (app / "Kraftfile").write_text("libraries: {own: stable}\n")
    result = run(*BUILD)
    message = "platgen: error: hello/Kraftfile has libraries that are not here: LIBOWN [no-library]\n"
    assert (result.code, message in result.err) == (2, True), result.err


@needs_tools
def test_programs_get_one_document_and_no_other_word(app: Path, run: Run) -> None:
    (app / "defconfig").write_text("CONFIG_PLAT_NATIVE=y\n")
    result = run(*BUILD, "--format", "json")
    data = read(result)
    image = app.parent / "build/hello-small/out/hello_small-x86_64"
    assert (result.code, result.err) == (0, "")
    assert data["image"] == {
        "path": "build/hello-small/out/hello_small-x86_64",
        "sha256": sha256(image.read_bytes()).hexdigest(),
        "bytes": image.stat().st_size,
    }
    assert data["configuration"] == {
        "path": "build/hello-small/config",
        "from": ["hello/defconfig"],
        "changes": ["PLAT_NATIVE off", "PLAT_SMALL on"],
    }
    assert (data["app"], data["unikraft"], data["core-level"]) == ("hello", "Unikraft 0.21.0", "0.21")
    (app / "main.c").write_text("int main(void)\n{\n\treturn nothing;\n}\n")
    (error,) = read(run(*BUILD, "--format", "json"))["errors"]
    assert (error["code"], error["path"], error["line"]) == ("build", "hello/main.c", 3)


def test_a_program_is_told_every_option_and_a_person_the_first_of_many() -> None:
    lost = ("A", "B", "C", "D")
    changes = command.Changes(("PLAT on",), lost, ("E",))
    assert (
        changes.shown == " with PLAT on, without A and 3 more, which nothing of this build has, with another value of E"
    )
    assert changes.told == ["PLAT on", *(f"{name} absent" for name in lost), "E otherwise"]
    assert command.Changes((), ("A",), ()).shown == " without A, which nothing of this build has"
    assert command.Changes((), (), ()).shown == ""
