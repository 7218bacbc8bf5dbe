# SPDX-License-Identifier: BSD-3-Clause
"""What may be wrong with a folder, a file or a command line, and the command that meets it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

LONG = "n" * 300
ESC = "\x1b[31m"


def nothing(project: Path) -> None:
    pass


def no_specs(project: Path) -> None:
    (project / "platforms/small.yaml").unlink()


def no_platforms(project: Path) -> None:
    shutil.rmtree(project / "platforms")


def no_common(project: Path) -> None:
    shutil.rmtree(project / "templates/common")


def a_file(project: Path) -> None:
    (project / "afile").touch()


def link_to_nowhere(project: Path) -> None:
    (project / "link").symlink_to("nowhere")


def link_loop(project: Path) -> None:
    (project / "loop").symlink_to("loop")


def manifest(project: Path, text: str) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small/.platgen.json").write_text(text)


def long_path(project: Path) -> None:
    manifest(project, json.dumps({"format": 1, "spec": "small", "files": {"/".join(["d" * 99] * 60): "0" * 64}}))


def escapes_in_manifest(project: Path) -> None:
    (project / "platforms/small").mkdir()
    (project / "platforms/small" / f"old{ESC}").write_text("x")
    files = {f"old{ESC}": "0" * 64}
    (project / "platforms/small/.platgen.json").write_text(json.dumps({"format": 1, "spec": "small", "files": files}))


def fifo_hashes(project: Path) -> None:
    os.mkfifo(project / "platforms/small.hashes")


def fifo_template(project: Path) -> None:
    place = project / "templates/common/core/core/core.c"
    place.unlink()
    os.mkfifo(place)


def fifo_page(project: Path) -> None:
    (project / "docs").mkdir()
    os.mkfifo(project / "docs/components.md")


def fifo_included(project: Path) -> None:
    os.mkfifo(project / "templates/common/core/core/part.j2")
    with (project / "templates/common/core/core/machine.c.j2").open("a") as file:
        file.write("{% include 'common/core/core/part.j2' %}\n")


def endless_config(project: Path) -> None:
    (project / ".config").symlink_to("/dev/zero")


def sparse(place: Path, size: int = 2 << 30) -> None:
    with place.open("r+b") as file:
        file.truncate(size)


def sparse_spec(project: Path) -> None:
    sparse(project / "platforms/small.yaml")


def sparse_manifest(project: Path) -> None:
    sparse(project / "templates/common/core/core/component.yaml")


def sparse_level(project: Path) -> None:
    sparse(project / "templates/common/core/bare.yaml")


def sparse_template(project: Path) -> None:
    sparse(project / "templates/common/core/core/machine.c.j2")


def add(place: Path, *parts: str) -> None:
    with place.open("a") as file:
        file.writelines(parts)


def many_keys(project: Path) -> None:
    add(project / "platforms/small.yaml", *(f"key{i}: 1\n" for i in range(80000)))


def many_options(project: Path) -> None:
    add(project / "platforms/small.yaml", "options:\n", *(f"  o{i}: 1\n" for i in range(70000)))


def many_facts(project: Path) -> None:
    spec = project / "platforms/small.yaml"
    facts = ", ".join(f"f{i}" for i in range(100000))
    spec.write_text(spec.read_text().replace("clocks: [a]", f"clocks: [{facts}]"))


def many_duties(project: Path) -> None:
    place = project / "templates/common/clock-a/component.yaml"
    place.write_text("summary: many\nserves: {clocks.a: {symbol: clock_a}}\n")
    add(place, "requires:\n", *(f"- r{i}\n" for i in range(50000)))
    add(place, "provides:\n", *(f"- p{i}\n" for i in range(40000)))


def many_files(project: Path) -> None:
    place = project / "templates/common/clock-a/component.yaml"
    names = ", ".join(f"f{i}.c" for i in range(60000))
    place.write_text(place.read_text().replace("[clock_a.c]", f"[{names}]"))


def large_manifest(project: Path) -> None:
    manifest(project, json.dumps({"format": 1, "spec": "small", "files": {f"f{i}": "0" * 64 for i in range(150000)}}))


def large_word(project: Path) -> None:
    place = project / "templates/common/core/core/config.uk.j2"
    place.write_text(place.read_text().replace("config SMALL_DEBUG", f"config SMALL_DEBUG{40000 * 'x:'}"))


def many_digests(project: Path) -> None:
    (project / "platforms/small.hashes").touch()
    add(project / "platforms/small.hashes", *(f"k{i} {i:064x}\n" for i in range(10000)))


def deep_template(project: Path) -> None:
    add(project / "templates/common/core/core/machine.c.j2", "int i = {{ ", "- " * 20000, "1 }};\n")


CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "no-root": (nothing, "list --root /nosuch"),
    "no-specs-list": (no_specs, "list"),
    "no-specs-check": (no_specs, "check"),
    "no-platforms": (no_platforms, "check --root ."),
    "docs-of-nothing": (nothing, "docs --root platforms"),
    "docs-without-common": (no_common, "docs --root ."),
    "long-name": (nothing, f"gen {LONG}"),
    "output-long": (nothing, f"gen small -o {LONG}"),
    "output-in-file": (a_file, "gen small -o afile/x"),
    "output-is-file": (a_file, "gen small -o afile"),
    "output-link": (link_to_nowhere, "gen small -o link"),
    "output-below-link": (link_to_nowhere, "gen small -o link/x"),
    "output-loop": (link_loop, "gen small -o loop"),
    "output-below-loop": (link_loop, "gen small -o loop/x"),
    "long-path": (long_path, "gen small"),
    "escape-name": (nothing, f"gen 'x{ESC}'"),
    "escape-level": (nothing, f"gen small --core 'x{ESC}'"),
    "escape-path": (nothing, f"gen './x{ESC}.yaml'"),
    "escape-option": (nothing, f"gen small '--x{ESC}'"),
    "escape-root": (nothing, f"check --root 'x{ESC}'"),
    "escape-checkout": (nothing, f"doctor small --unikraft 'x{ESC}'"),
    "escape-file": (nothing, f"explain small 'x{ESC}'"),
    "fifo-hashes": (fifo_hashes, "check"),
    "fifo-template": (fifo_template, "check"),
    "fifo-included": (fifo_included, "check"),
    "fifo-page": (fifo_page, "docs -n"),
    "endless-config": (endless_config, "doctor small --unikraft unikraft --config .config"),
    "sparse-spec": (sparse_spec, "check"),
    "sparse-manifest": (sparse_manifest, "check"),
    "sparse-level": (sparse_level, "check"),
    "sparse-template": (sparse_template, "check"),
    "large-manifest": (large_manifest, "check"),
    "large-word": (large_word, "check"),
    "many-keys": (many_keys, "check"),
    "many-options": (many_options, "check"),
    "many-facts": (many_facts, "check"),
    "many-duties": (many_duties, "check"),
    "many-files": (many_files, "check"),
    "many-digests": (many_digests, "gen small"),
    "deep-template": (deep_template, "gen small"),
}
