# SPDX-License-Identifier: BSD-3-Clause
"""Where bad input and the texts for it are, and the input that cannot lie there as a file."""

from __future__ import annotations

import os
from pathlib import Path

BAD = Path(__file__).parent.parent / "bad"
SPECS = sorted(path.stem for path in BAD.glob("*.yaml"))
OVERLAYS = sorted(path.name for path in BAD.iterdir() if path.is_dir())


def expect(case: str, text: str) -> None:
    path = BAD / f"{case}.stderr"
    if os.environ.get("PLATGEN_ACCEPT"):
        path.write_text(text)
    assert text == path.read_text()


def too_big(project: Path) -> None:
    with (project / "platforms/small.yaml").open("a") as file:
        file.write("#" * (1 << 20))


def not_a_file(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()
    os.mkfifo(project / "platforms/small.yaml")


def control_character(project: Path) -> None:
    """Kept here because an editor would not show it."""
    path = project / "platforms/small.yaml"
    path.write_text(path.read_text().replace("a small", "a \x1b[31msmall"))


def self_link(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()
    (project / "platforms/small.yaml").symlink_to("small.yaml")


def link_escapes(project: Path) -> None:
    """Links out of the templates are made here: in the repository they would lead other tools astray."""
    (project / "outside").mkdir()
    (project / "outside/secret.c").touch()
    folder = project / "templates/common/clock-a"
    (folder / "secret.c").symlink_to("../../../outside/secret.c")
    (folder / "out").symlink_to("../../../outside")
    manifest = (folder / "component.yaml").read_text()
    (folder / "component.yaml").write_text(manifest.replace("[clock_a.c]", "[secret.c, out/secret.c]"))


def template_link(project: Path) -> None:
    """A template that would bring a file of the user's into the tree."""
    (project / "secret").write_text("secret\n")
    (project / "templates/common/core/core/here").symlink_to("../../../../secret")
    with (project / "templates/common/core/core/machine.c.j2").open("a") as file:
        file.write("{% include 'common/core/core/here' %}\n")


def bad_folder(project: Path) -> None:
    """Names that no file system of a clone should have to hold."""
    (project / "templates/common/a\nb").mkdir()
    (project / "templates/common/core/0.21 x.yaml").touch()


def hidden_comment(project: Path) -> None:
    """A comment that an editor shows in another order than it stands."""
    with (project / "platforms/small.yaml").open("a") as file:
        file.write("# \u202e x\n")


def other_spec(project: Path) -> None:
    manifest = project / "platforms/small/.platgen.json"
    manifest.parent.mkdir()
    manifest.write_text('{"format": 1, "spec": "large", "level": "0.21", "files": {}}')


def manifest_fifo(project: Path) -> None:
    (project / "platforms/small").mkdir()
    os.mkfifo(project / "platforms/small/.platgen.json")


def manifest_link(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").symlink_to("/dev/zero")


def manifest_surrogate(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text('{"format": 1, "files": {"\\ud800": "0"}}')


def manifest_long_name(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text(f'{{"format": 1, "files": {{"{"n" * 300}": "0"}}}}')


def manifest_sparse(project: Path) -> None:
    (project / "platforms/small").mkdir()
    with open(project / "platforms/small/.platgen.json", "w") as file:
        file.truncate(2 << 30)


MADE = (
    *(too_big, not_a_file, control_character, hidden_comment, self_link, link_escapes, bad_folder, template_link),
    *(other_spec, manifest_fifo, manifest_link, manifest_surrogate, manifest_long_name, manifest_sparse),
)
