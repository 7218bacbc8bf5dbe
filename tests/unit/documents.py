# SPDX-License-Identifier: BSD-3-Clause
"""JSON and SARIF of a run, valid, and the errors that a text, a JSON or a SARIF tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from generator import VERSION
from tests.unit.helpers import ROOT, Result

REPORT = Draft202012Validator(json.loads((ROOT / "generator/formats/report.schema.json").read_text()))
SARIF = Draft202012Validator(
    json.loads((Path(__file__).parent / "data/sarif.schema.json").read_text()), validate_formats=True
)
MESSAGE = re.compile(r"^(.+?)(?::(\d+))?(?::(\d+))?: error: (.+) \[([a-z0-9-]+)\]$", re.MULTILINE)
Error = tuple[str, int, int, str, str]


def read(result: Result) -> dict[str, Any]:
    """The JSON of a run, valid, with its own exit code; nothing goes to stderr."""
    assert result.err == ""
    data: dict[str, Any] = json.loads(result.out)
    REPORT.validate(data)
    assert (data["exit"], data["platgen"]) == (result.code, VERSION)
    return data


def read_sarif(result: Result) -> dict[str, Any]:
    """The one run of a SARIF file, valid, with its own exit code; nothing goes to stderr."""
    assert result.err == ""
    data = json.loads(result.out)
    SARIF.validate(data)
    run: dict[str, Any] = data["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[found["ruleIndex"]] == found["ruleId"] for found in run["results"])
    assert run["invocations"][0]["exitCode"] == result.code
    return run


def told(text: str) -> list[Error]:
    """The errors of a text: path, line, column, message, code; "platgen" is no path."""
    return [
        ("" if path == "platgen" else path, int(line or 0), int(column or 0), message, code)
        for path, line, column, message, code in MESSAGE.findall(text)
    ]


def in_json(data: dict[str, Any]) -> list[Error]:
    return [(e.get("path", ""), e.get("line", 0), e.get("column", 0), e["message"], e["code"]) for e in data["errors"]]


def in_sarif(run: dict[str, Any]) -> list[Error]:
    """The same of a SARIF run, whose errors without a place are notifications."""
    notices = run["invocations"][0].get("toolExecutionNotifications", ())
    found = [("", 0, 0, note["message"]["text"].split("\n")[0], note["descriptor"]["id"]) for note in notices]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place.get("region", {})
        numbers = region.get("startLine", 0), region.get("startColumn", 0)
        text = result["message"]["text"].split("\n")[0]
        found.append((place["artifactLocation"]["uri"], *numbers, text, result["ruleId"]))
    return found
