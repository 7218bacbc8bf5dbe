# SPDX-License-Identifier: BSD-3-Clause
"""Commands that only tell: `list`, `explain`, `sharing`, and `docs`, which writes one page."""

from __future__ import annotations

import json
import os
from pathlib import PurePosixPath

from generator import DEFAULT_LEVEL
from generator.choose import label
from generator.components import COMMON, Component, layers, load_layers
from generator.diagnostics import did_you_mean, read_noted, shown_path
from generator.project import Project
from generator.render import Tree
from generator.resolve import Plan


def list_platforms(project: Project, *, as_json: bool) -> int:
    """One line per platform; as JSON all that the specs say."""
    project.levels  # noqa: B018 - a folder that is no checkout is told as such
    specs = project.specs(project.all_names())
    project.found.stop_if_any()
    if as_json:
        shown = [{**spec.document.data, "spec": shown_path(spec.document.path)} for spec in specs]
        print(
            json.dumps({"default-level": DEFAULT_LEVEL, "levels": list(project.levels), "platforms": shown}, indent=1)
        )
        return 0
    width = max((len(spec.name) for spec in specs), default=0)
    for spec in specs:
        print(f"{spec.name:<{width}}  {spec.summary}")
    return 0


def explain(project: Project, platform: str, file: str | None, level_name: str) -> int:
    """The plan of a platform, or the way one file got into its tree."""
    plan = _plan(project, platform, level_name)
    if file is None:
        _explain_plan(plan)
        return 0
    output = next((o for o in plan.files if o.path == file), None)
    if output is None:
        hint = did_you_mean(file, (o.path for o in plan.files))
        project.found.error("unknown-file", None, f"{platform} has no file '{file}' at core level {level_name}", hint)
        project.found.stop_if_any()
        return 2
    component = output.component
    print(f"{file}")
    print(f"  edit       {shown_path(output.file.origin)}{' (a template)' if output.file.is_template else ''}")
    if output.file.is_template:
        print(f"  with data  {shown_path(plan.spec.document.path)}")
    print(f"  component  {label(component)}: {component.summary}")
    print(f"  manifest   {output.file.location}")
    print(f"  because    it {plan.why[component.name]}")
    if output.file.isr:
        print("  compiled   without extended registers (isr)")
    if output.file.kconfig:
        print(f"  compiled   where CONFIG_{output.file.kconfig} is set")
    return 0


def _explain_plan(plan: Plan) -> None:
    spec = plan.spec
    print(f"{spec.name}: {spec.summary}")
    print(f"core level {plan.level.name}: {plan.level.summary}")
    for component in plan.components:
        print(f"\n{label(component)}: {component.summary}")
        print(f"  because  it {plan.why[component.name]}")
        if component.provides:
            print(f"  duties   {' '.join(component.provides)}")
        if component.requires:
            print(f"  needs    {' '.join(component.requires)}")
        if component.brings:
            print(f"  brings   {' '.join(component.brings)}")
        for option in component.options:
            print(f"  option   {option} = {plan.options[option]!r}")
        if component.files:
            print(f"  files    {' '.join(sorted(f.to for f in component.files))}")


def _plan(project: Project, platform: str, level_name: str) -> Plan:
    return project.plans([platform], level_name)[0]


def sharing(project: Project, one: str, other: str, level_name: str, at_least: float | None) -> int:
    """The share of `one`'s C and assembly lines that stand byte for byte in `other`'s tree."""
    plans = [_plan(project, platform, level_name) for platform in (one, other)]
    trees = [project.renderer.render(plan, project.found) for plan in plans]
    project.found.stop_if_any()
    names = [plan.spec.name for plan in plans]
    a, b = ({path: data for path, data in tree.items() if path.endswith((".c", ".S", ".h"))} for tree in trees)
    shared = {path: shared_lines(path, a, b) for path in a}
    lines = {path: len(_lines(data)) for path, data in (a | b).items()} | {path: len(_lines(a[path])) for path in a}
    for path in a:
        if path in b and a[path] != b[path]:
            print(f"differs          {path} ({shared[path]} of {lines[path]} lines shared)")
    for name, mine, theirs in ((names[0], a, b), (names[1], b, a)):
        for path in sorted(mine.keys() - theirs.keys()):
            print(f"only {name:<11} {path} ({lines[path]} lines)")
    total = sum(lines[path] for path in a)
    percent = 100 * sum(shared.values()) / total if total else 0.0
    same = sum(a[path] == b.get(path) for path in a)
    print(
        f"{percent:.1f} % of {names[0]}'s {total} C and assembly lines stand byte for byte in {names[1]}'s tree;"
        f" {same} of {len(a)} files are the same"
    )
    return 1 if at_least is not None and percent < at_least else 0


def shared_lines(path: str, one: Tree, other: Tree) -> int:
    """How many non-blank lines of `one`'s file stand in `other`'s file of the same path, else name."""
    import difflib

    mine = one[path]
    name = PurePosixPath(path).name
    theirs = other.get(path) or next((other[p] for p in sorted(other) if PurePosixPath(p).name == name), b"")
    if mine == theirs:
        return len(_lines(mine))
    matcher = difflib.SequenceMatcher(None, _lines(mine), _lines(theirs), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _lines(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if line.strip()]


def docs(project: Project, *, pretend: bool) -> int:
    """Write what is made from the manifests for readers and editors; with `pretend` only say whether it differs."""
    from generator import editors

    everything = _everything(project)
    pages = {
        project.root / "docs" / "components.md": components_page(project, everything).encode(),
        project.platforms / editors.NAME: editors.to_bytes(editors.spec_schema(everything)),
    }
    stale = 0
    for path, page in pages.items():
        same = os.path.lexists(path) and read_noted(path, project.found) == page
        project.found.stop_if_any()
        stale += not same
        if pretend:
            print(f"{shown_path(path)}: {'as generated' if same else 'differs; mend: platgen docs'}")
            continue
        if not same:
            from generator.write import replace_file

            path.parent.mkdir(exist_ok=True)
            replace_file(path, page)
        print(f"{'unchanged' if same else 'update   '} {shown_path(path)}")
    return 1 if pretend and stale else 0


def schema(project: Project) -> int:
    """Print the schema of specs, with the facts of this checkout."""
    from generator import editors

    print(editors.to_bytes(editors.spec_schema(_everything(project))).decode(), end="")
    return 0


def _everything(project: Project) -> tuple[Component, ...]:
    """The components of all layers."""
    project.levels  # noqa: B018 - a folder that is no checkout is told as such
    levels = project.level_names
    names = (COMMON, *layers(project.templates))
    components = load_layers(project.templates, names, levels, project.found)
    project.found.stop_if_any()
    return components


def components_page(project: Project, components: tuple[Component, ...]) -> str:
    """The page that lists core levels, and every component with its duty and conditions."""
    lines = ["<!-- Code generated from templates/ by `platgen docs`. DO NOT EDIT. -->", "# Components", ""]
    lines += ["One folder, one duty. `platgen explain PLAT` says which of them a platform has, and why.", ""]
    lines += [
        "## Core levels",
        "",
        "| level | what it is | releases | duties a tree must fulfil |",
        "| --- | --- | --- | --- |",
    ]
    for level in project.levels.values():
        lines.append(
            f"| {level.name} | {level.summary} | {', '.join(level.releases) or '-'} | {', '.join(level.requires)} |"
        )
    for layer in dict.fromkeys(component.layer for component in components):
        columns = ("component", "duty", "provides", "requires", "brings", "applies", "files")
        lines += ["", f"## templates/{layer}", "", f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
        for c in (c for c in components if c.layer == layer):
            serves = [f"`{fact}`" for fact in c.serves]
            applies = [*(f"level {v}" for v in c.levels), *(f"`{fact}`" for fact in c.facts)]
            cells = (
                f"[{c.name}](../templates/{layer}/{c.name})",
                c.summary.replace("|", "\\|"),
                ", ".join([*c.provides, *serves]) or "-",
                ", ".join(c.requires) or "-",
                ", ".join(c.brings) or "-",
                ", ".join(applies) or "always",
                ", ".join(f"`{f.to}`" for f in c.files) or "-",
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
