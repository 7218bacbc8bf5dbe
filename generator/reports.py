# SPDX-License-Identifier: BSD-3-Clause
"""Commands that only tell: `list`, `explain` and `sharing`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from . import DEFAULT_LEVEL
from .diagnostics import Diagnostics, did_you_mean, fail, shown_path
from .pipeline import Pipeline
from .plan.apart import alone, list_facts
from .plan.choose import label
from .plan.resolve import OutputFile, Plan
from .tree.render import Tree

if TYPE_CHECKING:
    from .formats.document import Format


def list_platforms(pipeline: Pipeline, form: Format) -> int:
    """One line per platform; as JSON all that the specs say."""
    specs = pipeline.specs(pipeline.places.all_platforms().or_stop()).or_stop()
    if form != "text":
        from .formats.document import show

        levels = list(pipeline.levels().or_stop())
        shown = [{**spec.document.data, "spec": shown_path(spec.document.path)} for spec in specs]
        return show(form, "list", 0, {"default-level": DEFAULT_LEVEL, "levels": levels, "platforms": shown})
    width = max((len(spec.name) for spec in specs), default=0)
    for spec in specs:
        print(f"{spec.name:<{width}}  {spec.summary}")
    return 0


def explain(pipeline: Pipeline, platform: str, file: str | None, level_name: str, form: Format = "text") -> int:
    """The plan of a platform, or the way one file got into its tree."""
    (plan,) = pipeline.plans([platform], level_name).or_stop()
    output = next((o for o in plan.files if o.path == file), None)
    if file is not None and output is None:
        hint = did_you_mean(file, (o.path for o in plan.files))
        fail("unknown-file", None, f"{platform} has no file '{file}' at core level {level_name}", hint)
    if form != "text":
        from .formats import plans  # late: text needs none
        from .formats.document import show

        return show(form, "explain", 0, plans.file_data(plan, output) if output else plans.data(plan))
    if output is None:
        _explain_plan(plan)
    else:
        _explain_file(plan, output)
    return 0


def _explain_file(plan: Plan, output: OutputFile) -> None:
    component = output.component
    print(f"{output.path}")
    print(f"  edit       {shown_path(output.file.origin)}{' (a template)' if output.file.is_template else ''}")
    if output.file.is_template:
        print(f"  with data  {shown_path(plan.spec.document.path)}")
    print(f"  component  {label(component)}: {component.summary}")
    print(f"  manifest   {output.file.location}")
    print(f"  because    it {plan.why[component.name]}")
    if output.file.isr:
        print("  compiled   without extended registers (isr)")
    if output.file.kconfig:
        symbol = output.file.kconfig
        print(f"  compiled   if CONFIG_{symbol.removeprefix('!')} is {'not ' * symbol.startswith('!')}set")


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


def sharing(pipeline: Pipeline, one: str, other: str, level_name: str, at_least: float | None) -> int:
    """The share of `one`'s C and assembly lines that stand byte for byte in `other`'s tree.

    Beside the whole: the share without what is there by facts that `other` does not state.
    """
    found = Diagnostics()
    plans = [plan for name in (one, other) for plan in found.take(pipeline.plans([name], level_name)) or ()]
    trees = [found.take(pipeline.render(plan)) or {} for plan in plans]
    found.stop_if_any()
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
    for group, paths in _groups(plans[0], a).items():
        print(f"group            {group} ({_part(paths, shared, lines)})")
    _print_both(plans[0], plans[1], shared, lines)
    total = sum(lines[path] for path in a)
    percent = 100 * sum(shared.values()) / total if total else 0.0
    same = sum(a[path] == b.get(path) for path in a)
    print(
        f"{percent:.1f} % of {names[0]}'s {total} C and assembly lines are byte for byte in {names[1]}'s tree;"
        f" {same} of {len(a)} files are the same"
    )
    return 1 if at_least is not None and percent < at_least else 0


def _print_both(one: Plan, other: Plan, shared: Mapping[str, int], lines: Mapping[str, int]) -> None:
    """The same share without what `one` has only by facts that `other` does not state, and what that is."""
    both = set(shared)
    for component in alone(one, other):
        paths = [file.to for file in component.files if file.to in shared]
        both.difference_update(paths)
        if paths:
            print(f"alone            {label(component)} ({_part(paths, shared, lines)})")
    facts = [fact for fact in list_facts(one.spec) if fact not in other.spec.facts]
    print(f"only {one.spec.name} states {', '.join(facts) or 'no fact'}")
    print(f"for what both state: {_part(both, shared, lines)}")


def _part(paths: Iterable[str], shared: Mapping[str, int], lines: Mapping[str, int]) -> str:
    of_all = sum(lines[path] for path in paths)
    part = sum(shared[path] for path in paths)
    return f"{part} of {of_all} lines shared, {100 * part / max(of_all, 1):.1f} %"


def _groups(plan: Plan, tree: Tree) -> dict[str, list[str]]:
    """The tree's files by the folder of templates/ in which their components lie."""
    groups: dict[str, list[str]] = {}
    for component in plan.components:
        mine = [file.to for file in component.files if file.to in tree]
        if mine:
            groups.setdefault(PurePosixPath(component.folder).parent.as_posix(), []).extend(mine)
    return dict(sorted(groups.items()))


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
