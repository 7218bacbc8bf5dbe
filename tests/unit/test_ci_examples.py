# SPDX-License-Identifier: BSD-3-Clause
"""The examples of docs/ci.md do what they say: their scripts run on the small project as a runner runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.documents import SARIF
from tests.unit.helpers import ROOT, Run

GITHUB, GITLAB = (
    yaml.load(text, yaml.BaseLoader)  # a loader of texts: `on` is no boolean
    for text in re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs/ci.md").read_text(), re.M | re.S)
)


@pytest.fixture
def shell(project: Path, tmp_path: Path, run: Run) -> Any:
    """Run lines as runners do, in a shell that ends at the first failure; platgen is on the path."""
    run("gen", "small")
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "platgen").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n')
    (folder / "platgen").chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}

    def run_lines(text: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["bash", "-ec", text], cwd=project, env=environment, capture_output=True, text=True)

    return run_lines


def spoil(project: Path) -> None:
    core = project / "platforms/small/core.c"
    core.write_text(core.read_text().replace("return 0", "return 1"))


def github(shell: Any) -> bool:
    """Run the steps; whether the job fails."""
    has_failed = False
    for step in GITHUB["jobs"]["check"]["steps"]:
        wanted = step.get("if") == "always()" or has_failed == (step.get("if") == "failure()")
        if "run" in step and "pip install" not in step["run"] and wanted:
            has_failed |= shell(step["run"]).returncode != 0
    return has_failed


def test_github_is_quiet_about_what_is_right(shell: Any, project: Path, tmp_path: Path) -> None:
    assert not github(shell)
    SARIF.validate(json.loads((project / "platgen.sarif").read_text()))
    assert not (tmp_path / "summary.md").exists()


def test_github_shows_the_difference_and_hands_the_findings_over(shell: Any, project: Path, tmp_path: Path) -> None:
    spoil(project)
    assert github(shell)
    summary = (tmp_path / "summary.md").read_text()
    assert "\n-\treturn 1;\n+\treturn 0;\n" in summary
    sarif = json.loads((project / "platgen.sarif").read_text())
    SARIF.validate(sarif)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["edited"]
    upload = GITHUB["jobs"]["check"]["steps"][-1]
    assert (upload["if"], upload["with"]["sarif_file"]) == ("always()", "platgen.sarif")


def test_github_hands_a_wrong_spec_over(shell: Any, project: Path) -> None:
    with (project / "platforms/small.yaml").open("a") as spec:
        spec.write("more: 1\n")
    assert github(shell)
    (result,) = json.loads((project / "platgen.sarif").read_text())["runs"][0]["results"]
    assert result["ruleId"] == "unknown-key"


@pytest.mark.tools(jq="jq")
@pytest.mark.parametrize("is_right", [True, False])
def test_gitlab_shows_the_difference_and_makes_a_report(is_right: bool, shell: Any, project: Path) -> None:
    if not is_right:
        spoil(project)
    done = shell("\n".join(GITLAB["trees"]["script"]))
    assert done.returncode == (0 if is_right else 1), done.stderr
    assert ("\n-\treturn 1;\n+\treturn 0;\n" in done.stdout) == (not is_right)
    found = json.loads((project / GITLAB["trees"]["artifacts"]["reports"]["codequality"]).read_text())
    if is_right:
        assert found == []
        return
    assert (found[0]["check_name"], found[0]["location"]["path"]) == ("edited", "platforms/small/core.c")
    assert found[0]["location"]["lines"]["begin"] > 1
