# SPDX-License-Identifier: BSD-3-Clause
"""Devices on PCI that do one thing wrong are refused with a line and an error, on the host."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.lab.conformance import need

from .planted import expect_found, plant_all, run
from .targets import HERE, common

FOLDERS = common(
    *("clock", "core-contract", "cpus", "device-irqs", "device-map", "ioapic"),
    *("irq-lines-contract", "lapic", "msix", "pci", "pci-irq", "virtio-pci", "x86"),
)
QUEUES, STATUS, BUS, IRQS, FAILURE, CONFIG, ANSWERS = (
    f"common/core/virtio-pci/virtio_pci_{name}.c"
    for name in ("queues", "status", "bus", "interrupts", "failure", "config", "answers")
)
DEFECTS = (
    (QUEUES, "size > d->queues[id].size", "false", "what was not found is not set up"),
    (QUEUES, "q->size = size", "q->size = 2", "the driver hears what is offered"),
    (QUEUES, "(n & (n - 1)) == 0", "true", "what can be used alone is used"),
    (QUEUES, "n != 0", "true", "there is room"),
    (QUEUES, "at % sizeof(*q->notify)", "0U", "what can be used alone is used"),
    (QUEUES, "at + sizeof(*q->notify) > d->notify_size", "at > d->notify_size", "no write beyond notifications"),
    (QUEUES, "c->queue_enable != 1", "false", "the device knows the queue"),
    (QUEUES, "c->queue_size != size", "false", "the device knows the queue"),
    (QUEUES, "c->status & VIRTIO_PCI_NEEDS_RESET", "0U", "a driver hears of it while it can"),
    (STATUS, "clock_monotonic() > end", "false", "nobody asks for ever"),
    (STATUS, "now & VIRTIO_PCI_NEEDS_RESET", "0U", "the driver gets what begins well"),
    (STATUS, "lost & VIRTIO_CONFIG_STATUS_FEATURES_OK", "0U", "refuses the features"),
    (STATUS, 'lost ? "does not keep its status" : NULL', "NULL", "who refuses is an error"),
    (STATUS, "d->vdev.id.virtio_device_id == VIRTIO_PCI_NETWORK", "0", "a network's frames are not"),
    (STATUS, "virtio_pci_features_get(vdev) & features_of_transport(d)", "0", "requests are the same with it"),
    (BUS, "!virtio_pci_try(d)", "false", "the driver gets what begins well"),
    (IRQS, "isr & ISR_CHANGE", "0", "one line says that the device has failed"),
    (IRQS, "isr & ISR_QUEUE", "0", "an answer comes to the driver"),
    (IRQS, "++d->in_vain == MOST_IN_VAIN", "0", "a storm of messages ends"),
    (IRQS, "index == q->seen", "1", "two messages for one answer are no storm"),
    (IRQS, "isr != 0", "1", "others on its line are served"),
    (FAILURE, "q->device->vdev.id.virtio_device_id == VIRTIO_PCI_NETWORK", "0", "requests fail, and the guest goes on"),
    (FAILURE, "q->used->answers[i % q->entries].head != head_at(q, i)", "0", "no request is taken for another one"),
    (FAILURE, "head_at(q, i) == head_at(q, other)", "0", "no request is answered twice"),
    (FAILURE, "&q->used->answers[q->entries]", "&q->used->answers[0]", "the driver tells of its next request"),
    (FAILURE, "written < 0", "0", "a file system says that it failed"),
    (ANSWERS, "r->last->address + r->last->length", "r->last->address", "a disk says that it failed"),
    (ANSWERS, "asked->tag", "0", "a file server says that it failed"),
    (ANSWERS, "asked->number", "0", "a file system says that it failed"),
    (ANSWERS, "head < q->entries", "1", "a buffer"),
    (FAILURE, "d->common->status & VIRTIO_PCI_NEEDS_RESET", "1", "a change is no failure"),
    (CONFIG, "generation == d->common->generation", "1", "a whole one"),
    (CONFIG, "++tries < GENERATIONS_MAX", "1", "a driver hears of it"),
    (CONFIG, "offset <= d->config_size", "1", "AddressSanitizer"),
)


@pytest.fixture(name="program", scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need.tools(clang="clang")
    folder = tmp_path_factory.mktemp("virtio-pci")
    templates = plant_all(FOLDERS, DEFECTS, folder)
    command = ["clang", "-g", "-O1", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Wno-parentheses-equality"]
    command += ["-fsanitize=address,undefined", "-fsanitize-coverage=func,trace-pc-guard,trace-loads,trace-stores"]
    command += [f"-I{HERE / 'virtio'}", f"-I{HERE / 'include'}", f"-I{HERE}", "-DMACHINE_MAX_CPUS=8"]
    command += [f"-I{templates / 'common'}", *(f"-I{templates / part / 'include'}" for part in FOLDERS)]
    subprocess.run([*command, str(HERE / "virtio_pci.c"), "-o", str(folder / "program")], check=True)
    return folder / "program"


def test_what_must_hold_holds(program: Path) -> None:
    done = run(program, 0)
    assert not done.returncode, done.stderr


@pytest.mark.parametrize("number", range(1, len(DEFECTS) + 1), ids=lambda number: DEFECTS[number - 1][1])
def test_defects_are_found(number: int, program: Path) -> None:
    expect_found(program, DEFECTS, number)
