# SPDX-License-Identifier: BSD-3-Clause
"""`new`: what it writes can be generated, checked and built as it stands, and nothing is overwritten."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from generator.load.schema import schema_data
from tests.unit.helpers import ROOT, Run, snapshot

Untouched = tuple[Path, dict[str, bytes | str | None]]
TABLES = ("interrupts", "cpus", "clocks", "wall-clocks", "tsc-frequency", "consoles", "power", "control")


def copied(folder: Path) -> Path:
    """The real templates and specs, without the specs' trees."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "platforms").mkdir()
    for spec in (ROOT / "platforms").glob("*.yaml"):
        shutil.copy(spec, folder / "platforms")
    return folder


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout to write to, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    return copied(tmp_path)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Untouched:
    """A checkout that stays as it is, and what is in it."""
    folder = copied(tmp_path_factory.mktemp("untouched"))
    return folder, snapshot(folder)


def done(run: Run, *arguments: str) -> str:
    result = run(*arguments)
    assert (result.code, result.err) == (0, ""), arguments
    return result.out


@pytest.mark.tools(gcc="gcc", ld="binutils", make="make")
def test_a_new_layer_with_an_item_for_every_table_builds(checkout: Path, run: Run) -> None:
    done(run, "new", "--layer", "acme")
    assert done(run, "new", "mine", "--hypervisor", "acme") == (
        "create    platforms/mine.yaml\nthe tree: platgen gen mine\n"
    )
    spec = checkout / "platforms/mine.yaml"
    for key in TABLES:
        done(run, "new", "--component", f"acme/my-{key}", "--serves", f"{key}.mine")
        text = re.sub(rf"^  {key}: \[(.*)\]", rf"  {key}: [mine, \1]", spec.read_text(), flags=re.M)
        spec.write_text(re.sub(rf"^  # {key}: \[\]", f"  {key}: [mine]", text, flags=re.M))
    done(run, "new", "--component", "common/pc/int")
    manifest = checkout / "templates/acme/my-power/component.yaml"
    manifest.write_text(manifest.read_text().replace("requires: [", "requires: [int, "))
    done(run, "gen", "mine")
    assert done(run, "check", "mine").endswith(" files as generated\n")
    done(run, "gen", "mine", "--core", "bare", "-o", "bare")
    subprocess.run(["make", "-s", "-j2"], cwd="bare", check=True, stdout=subprocess.DEVNULL)
    assert (checkout / "bare/build/mine-bare.elf").is_file()


def test_a_spec_tells_what_each_line_could_have_besides(checkout: Path, run: Run) -> None:
    done(run, "new", "mine", "--from", "xen-pvh", "--machine", "xl", "--boot", "pvh")
    text = (checkout / "platforms/mine.yaml").read_text()
    data, base = (yaml.safe_load((checkout / f"platforms/{name}.yaml").read_text()) for name in ("mine", "xen-pvh"))
    assert data["machine"] == base["machine"]
    assert data["machines"] == ["xl"]
    assert data["unikraft"]["symbol"] == "PLAT_MINE"
    for key, rule in schema_data("spec")["properties"]["machine"]["properties"].items():
        assert re.search(rf"^  # {re.escape(rule['description'])}\n  (# )?{key}: ", text, re.M), key
    assert re.search(r"^  #   kvmclock: .* \(layer kvm\)$", text, re.M)
    assert "  #   pit: " in text
    assert "#   kvm: KVM" in text


def test_names_that_unikraft_or_another_spec_has_are_not_taken(checkout: Path, run: Run) -> None:
    done(run, "new", "xen", "--from", "kvm")
    done(run, "new", "k-vmx", "--from", "kvm", "-o", "elsewhere")
    specs = [yaml.safe_load((checkout / path).read_text()) for path in ("platforms/xen.yaml", "elsewhere/k-vmx.yaml")]
    assert [spec["unikraft"]["library"] for spec in specs] == ["libxenxplat", "libkvmxxplat"]


@pytest.mark.parametrize(
    ("made", "there"),
    [
        (["kvm", "--from", "kvm"], "platforms/kvm.yaml"),
        (["--layer", "xen"], "templates/xen"),
        (["--component", "common/other/clock"], "templates/common/time/clock"),
    ],
)
def test_nothing_is_overwritten(
    made: list[str], there: str, untouched: Untouched, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(untouched[0])
    result = run("new", *made)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"{there}: error: this exists already [exists]\n")
    assert snapshot(untouched[0]) == untouched[1]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([], "new makes one thing"),
        (["mine"], "what does the new platform run on?"),
        (["mine", "--layer", "two"], "new makes one thing"),
        (["--layer", "two", "--boot", "pvh"], "--boot goes with the name of a spec"),
        (["Mine", "--from", "kvm"], "'Mine' is not a name"),
        (["mine", "--hypervisor", "kwm"], "nothing serves 'hypervisors.kwm' [unknown-fact]\nhint: did you mean 'kvm'?"),
        (["mine", "--from", "kvm", "--machine", "qemu-q36"], "hint: did you mean 'qemu-q35'?"),
        (["mine", "--from", "kvm", "-o", "other.yaml"], "is called mine.yaml"),
        (["mine", "--from", "kvm", "--serves", "power.x"], "--serves goes with --component"),
        (["--component", "two/thing"], "there is no layer 'two'"),
        (["--component", "common"], "a component is LAYER/NAME"),
        (["--component", "common/thing", "--serves", "power"], "'power' is not a fact"),
        (["--component", "common/thing", "--serves", "power.i8042"], "'power.i8042' is served already"),
        (["--component", "common/thing", "--serves", "boot.mine"], "no component shows what an item of 'boot' is"),
    ],
)
def test_wrong_requests_write_nothing(
    wrong: list[str], told: str, untouched: Untouched, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(untouched[0])
    result = run("new", *wrong)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert snapshot(untouched[0]) == untouched[1]


def test_a_repository_of_ones_own_generates_checks_and_explains(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert done(run, "init", "my-host").endswith("the tree: make -C my-host\n")
    monkeypatch.chdir(tmp_path / "my-host")
    stands = snapshot(Path())
    result = run("init")
    assert (result.code, result.out) == (1, "")
    assert "Makefile: error: this exists already [exists]\n" in result.err
    assert snapshot(Path()) == stands
    makefile = Path("Makefile").read_text()
    calls = re.findall(r"^\t\$\(PLATGEN\) (\w+) \$\(SPEC\) (.*)", makefile, re.M)
    assert [name for name, _ in calls] == ["gen", "check", "gen", "run"]
    told = re.search(r"^SPEC +:= (.*)", makefile, re.M)
    assert told
    for name, rest in calls[:-1]:  # the last one boots what the one before it generates
        done(run, name, *told[1].split(), *rest.split())
    assert (Path("build/bare/Makefile")).is_file()
    line = next(Path("my-host").rglob("my_host_hypervisor.c")).read_text().split("\n")[1]
    assert "from templates/my-host/my-host-hypervisor/my_host_hypervisor.c." in line
    out = done(run, "explain", "my-host.yaml", "--templates", "templates")
    assert "my-host/my-host-hypervisor: The hypervisor my-host\n" in out
    with next(Path("templates").rglob("*.c")).open("a") as file:
        file.write("int more;\n")
    assert (
        "fix: platgen gen my-host.yaml --templates templates -o my-host\n"
        in run("check", *told[1].split(), "-o", "my-host").out
    )
    done(run, "new", "--component", "my-host/reset", "--serves", "power.reset", "--templates", "templates")
    assert Path("templates/my-host/reset/reset.c").is_file()


def test_templates_of_an_added_folder_are_rendered_and_their_errors_located(project: Path, run: Run) -> None:
    (project / "more/two/thing").mkdir(parents=True)
    template = project / "more/two/thing/thing.c.j2"
    template.write_text(
        "/* SPDX-License-Identifier: BSD-3-Clause */\nint {{ spec.name }};\n{% include 'two/thing/other' %}\n"
    )
    (project / "more/two/thing/other").write_text("int other;\n")
    manifest = "summary: thing\nserves: {timers.t: {}}\nfiles: [thing.c.j2]\n"
    (project / "more/two/thing/component.yaml").write_text(manifest)
    spec = (project / "platforms/small.yaml").read_text().replace("layers: [one]", "layers: [one, two]")
    (project / "platforms/small.yaml").write_text(spec.replace("clocks: [a]\n", "clocks: [a]\n  timers: [t]\n"))
    assert "there is no layer 'two'" in run("gen", "small").err
    done(run, "gen", "small", "--templates", "more")
    assert "int small;\nint other;\n" in next((project / "platforms/small").rglob("thing.c")).read_text()
    template.write_text(template.read_text().replace("spec.name", "spec.nothing"))
    assert run("gen", "small", "--templates", "more").err.startswith("more/two/thing/thing.c.j2:2: error: ")
