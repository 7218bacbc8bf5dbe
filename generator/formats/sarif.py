# SPDX-License-Identifier: BSD-3-Clause
"""SARIF 2.1.0 (the OASIS standard), as far as code hosts read it: what is wrong, in which file, on which line.

A finding without a place is no result, since hosts refuse a file that has such results: it is a notification of the
run. Paths below the current folder are relative to it; in CI that is the repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import VERSION
from .finding import Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"


def log(findings: Iterable[Finding], code: int) -> dict[str, Any]:
    """The whole file: one run, its rules in the order of their first use; `code` is the exit code."""
    found = list(findings)
    rules = list(dict.fromkeys(finding.code for finding in found))
    driver = {"name": "platgen", "version": VERSION, "semanticVersion": VERSION, "rules": [_rule(c) for c in rules]}
    invocation: dict[str, Any] = {"executionSuccessful": code in (0, 1), "exitCode": code}
    if told := [_notification(finding) for finding in found if not finding.path]:
        invocation["toolExecutionNotifications"] = told
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "originalUriBaseIds": {BASE: {"uri": f"{Path.cwd().as_uri().rstrip('/')}/"}},
        "results": [_result(finding, rules.index(finding.code)) for finding in found if finding.path],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    """A rule with the texts that GitHub asks for; the code is its own name."""
    words = code.replace("-", " ").capitalize()
    return {
        "id": code,
        "shortDescription": {"text": words},
        "fullDescription": {"text": f"{words}."},
        "help": {"text": f"platgen tells this code in brackets after its messages: [{code}]"},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    place = _place(finding.path)
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.line:
        place["region"] = {key: number for key, number in region.items() if number}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }
    if finding.source:
        source = {"id": 1, "physicalLocation": _place(finding.source), "message": {"text": "its source"}}
        result["relatedLocations"] = [source]
    return result


def _notification(finding: Finding) -> dict[str, Any]:
    return {"descriptor": {"id": finding.code}, "level": finding.level, "message": {"text": finding.message}}


def _place(path: str) -> dict[str, Any]:
    """A file as a URI; bytes that are no character are escaped like blanks are."""
    absolute = os.path.normpath(os.path.join(os.getcwd(), path))
    below = absolute.removeprefix(os.getcwd().rstrip("/") + "/")
    uri = quote(os.fsencode(below))
    return {"artifactLocation": {"uri": f"file://{uri}"} if uri.startswith("/") else {"uri": uri, "uriBaseId": BASE}}
