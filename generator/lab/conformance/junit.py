# SPDX-License-Identifier: BSD-3-Clause
"""The results as JUnit XML, one suite for each machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from .cells import Result
from .rows import Row

NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd]")


def write(results: Mapping[Row, Result], target: Path) -> None:
    suites = ElementTree.Element("testsuites", name="conformance")
    places = dict.fromkeys((row.image.platform, row.machine) for row in results)
    for platform, machine in places:
        found = {r: result for r, result in results.items() if (r.image.platform, r.machine) == (platform, machine)}
        statuses = [result.status for result in found.values()]
        suite = ElementTree.SubElement(
            suites,
            "testsuite",
            name=f"{platform}.{machine}",
            tests=str(len(found)),
            failures=str(statuses.count("fail")),
            skipped=str(statuses.count("skip")),
            time=f"{sum(result.seconds for result in found.values()):.2f}",
        )
        for row, result in found.items():
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"{platform}.{machine}", name=row.title, time=f"{result.seconds:.2f}"
            )
            if result.status == "fail":
                ElementTree.SubElement(case, "failure", message=_clean(result.reason))
            elif result.status == "skip":
                ElementTree.SubElement(case, "skipped", message=_clean(result.reason))
            if result.console:
                ElementTree.SubElement(case, "system-out").text = _clean(result.console)
    ElementTree.indent(suites)
    ElementTree.ElementTree(suites).write(target, encoding="utf-8", xml_declaration=True)


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("?", text)
