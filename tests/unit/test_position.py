# SPDX-License-Identifier: BSD-3-Clause
"""The image runs at one address: a position-independent build is refused in Kconfig, with a word of why."""

from __future__ import annotations

import subprocess
from pathlib import Path

import kconfiglib
import pytest

from generator.pipeline import Pipeline
from tests.unit.helpers import ROOT

PLATFORMS = sorted(path.stem for path in (ROOT / "platforms").glob("*.yaml"))
CORES = ("0.17", "0.18", "0.20", "0.21")


def rendered(platform: str, core: str) -> tuple[str, dict[str, bytes]]:
    """The platform's symbol and its tree."""
    pipeline = Pipeline(ROOT)
    (spec,) = pipeline.specs([platform]).or_stop()
    plan = pipeline.plan(spec, pipeline.levels().or_stop()[core]).or_stop()
    return spec.unikraft.symbol, pipeline.render(plan).or_stop()


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_symbol_and_comment_take_turns(platform: str, core: str, tmp_path: Path) -> None:
    name, tree = rendered(platform, core)
    (tmp_path / "Config.uk").write_bytes(tree["Config.uk"])
    outside = "".join(f"config {symbol}\n\tbool '{symbol}'\n" for symbol in ("ARCH_X86_64", "OPTIMIZE_PIE"))
    (tmp_path / "Kconfig").write_text(f'{outside}source "{tmp_path}/Config.uk"\n')
    kconf = kconfiglib.Kconfig(str(tmp_path / "Kconfig"), warn=False)
    comment = next(node for node in kconf.node_iter() if node.item == kconfiglib.COMMENT)
    assert "OPTIMIZE_PIE" in comment.prompt[0]
    kconf.syms["ARCH_X86_64"].set_value("y")
    kconf.syms[name].set_value("y")
    for wanted, chosen, shown in (("n", "y", 0), ("y", "n", 2)):
        kconf.syms["OPTIMIZE_PIE"].set_value(wanted)
        assert kconf.syms[name].str_value == chosen
        assert kconfiglib.expr_value(comment.prompt[1]) == shown


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_build_says_why_the_platform_is_not_chosen(platform: str, tmp_path: Path) -> None:
    _, tree = rendered(platform, "0.21")
    makefile = tmp_path / "Makefile.uk"
    makefile.write_bytes(tree["Makefile.uk"] + b"\nall:\n")
    said = [
        subprocess.run(
            ["make", "-s", "-f", str(makefile), f"CONFIG_OPTIMIZE_PIE={value}", "all"],
            capture_output=True, text=True, check=True,
        ).stderr
        for value in ("y", "")
    ]  # fmt: skip
    assert "switch CONFIG_OPTIMIZE_PIE off" in said[0]
    assert "OPTIMIZE_PIE" not in said[1]
