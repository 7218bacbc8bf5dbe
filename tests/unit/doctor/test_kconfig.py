# SPDX-License-Identifier: BSD-3-Clause
"""`doctor` on Kconfig: names of both sides, options, the user's configuration."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.unit.doctor.standin import Examine, change, needs_tools, problems, regenerate
from tests.unit.helpers import SMALL

CONFIG = "templates/common/core/core/config.uk.j2"


def test_symbol_of_both(uk: Path, examine: Examine) -> None:
    change(uk.parent / CONFIG, "SMALL_DEBUG", "DRIVER")
    regenerate()
    assert problems(examine())["collisions"] == ["symbol DRIVER is defined here and in drivers/Config.uk line 4"]


def test_symbol_that_is_declared_once_more_on_purpose(uk: Path, examine: Examine) -> None:
    change(uk.parent / CONFIG, "SMALL_DEBUG", "DRIVER")
    regenerate()
    with (uk.parent / "templates/common/core/0.21.yaml").open("a") as file:
        file.write("kconfig-redeclared: [DRIVER]\n")
    assert examine()["collisions"]["verdict"] == "ok"


def test_platform_and_library_of_both(uk: Path, examine: Examine) -> None:
    change(uk / "plat/native/Makefile.uk", "libnativeplat", "libsmallplat")
    change(uk / "plat/native/Makefile.uk", "addplat_s,native", "addplat_s,small")
    assert problems(examine())["collisions"] == [
        "platform small is also defined in plat/native/Makefile.uk",
        "library libsmallplat is also defined in plat/native/Makefile.uk",
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
    assert (check["verdict"], check["text"][:37]) == ("skipped", "the checkout's Kconfig does not parse")


@needs_tools
def test_configuration_of_the_user(uk: Path, examine: Examine, tmp_path: Path) -> None:
    config = tmp_path / "dotconfig"
    config.write_text("CONFIG_PLAT_SMALL=y\n# CONFIG_SMALL_DEBUG is not set\nCONFIG_APP=y\nCONFIG_OUTSIDE=7\n")
    text = "#if CONFIG_DRIVER\n\textern void ukplat_more(void);\n\n\tukplat_more();\n#endif\n\twhile"
    change(uk / "lib/ukboot/boot.c", "\twhile", text)
    change(uk / "drivers/Config.uk", "depends on NOWHERE", "depends on OUTSIDE")
    checks = examine("--config", str(config))
    assert "with dotconfig (not built in this configuration: clock_a.c)" in checks["headers"]["text"]
    assert not problems(checks)
    config.write_text(config.read_text() + "CONFIG_DRIVER=y\n")
    assert problems(examine("--config", str(config))) == {
        "provides": ["ukplat_more: libukboot's boot.c takes it, but nothing that is built with dotconfig defines it"]
    }


@needs_tools
def test_configuration_with_a_library_that_is_not_here(uk: Path, examine: Examine, tmp_path: Path) -> None:
    """What builds on it would not compile, here: only the platform is looked at."""
    config = tmp_path / "dotconfig"
    config.write_text("CONFIG_PLAT_SMALL=y\nCONFIG_LIBMUSL=y\nCONFIG_APPX=y\n")
    change(uk / "lib/ukboot/boot.c", "#include <uk/boot.h>", "#include <uk/boot.h>\n#include <musl.h>")
    checks = examine("--config", str(config))
    assert not problems(checks)
    assert checks["needs"]["verdict"] == "skipped"
    assert checks["needs"]["text"] == "the configuration has libraries that are not here: LIBMUSL"


@needs_tools
def test_configuration_for_another_platform(uk: Path, examine: Examine, tmp_path: Path) -> None:
    config = tmp_path / "dotconfig"
    config.write_text("CONFIG_PLAT_NATIVE=y\n")
    checks = examine("--config", str(config))
    assert "with dotconfig with PLAT_SMALL switched on instead of PLAT_NATIVE" in checks["headers"]["text"]
