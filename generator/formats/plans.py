# SPDX-License-Identifier: BSD-3-Clause
"""What `explain` tells, as data: a plan with the reason for each component, or the way of one file."""

from __future__ import annotations

from ..diagnostics import shown_path
from ..load.components import Component
from ..plan.choose import label
from ..plan.resolve import OutputFile, Plan


def data(plan: Plan) -> dict[str, object]:
    """A plan: its components in their order, each with the reason why it is in."""
    return {**_head(plan), "components": [_component(plan, component) for component in plan.components]}


def file_data(plan: Plan, output: OutputFile) -> dict[str, object]:
    """One file: what to edit, and what brought it in."""
    file: dict[str, object] = {
        "path": output.path,
        "source": shown_path(output.file.origin),
        "template": output.file.is_template,
        "manifest": {"path": shown_path(output.file.location.path), "line": output.file.location.line},
        "component": label(output.component),
        "summary": output.component.summary,
        "because": plan.why[output.component.name],
        "isr": output.file.isr,
    }
    if output.file.kconfig:
        file["kconfig"] = output.file.kconfig
    return {**_head(plan), "file": file}


def _head(plan: Plan) -> dict[str, object]:
    spec = {"platform": plan.spec.name, "summary": plan.spec.summary, "spec": shown_path(plan.spec.document.path)}
    return {**spec, "core-level": plan.level.name}


def _component(plan: Plan, component: Component) -> dict[str, object]:
    return {
        "component": label(component),
        "folder": component.folder,
        "summary": component.summary,
        "because": plan.why[component.name],
        "provides": list(component.provides),
        "requires": list(component.requires),
        "brings": list(component.brings),
        "options": {option: plan.options[option] for option in component.options},
        "files": sorted(file.to for file in component.files),
    }
