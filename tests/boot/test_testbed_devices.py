# SPDX-License-Identifier: BSD-3-Clause
"""The dom0 with backends: what a guest finds there before it starts."""

from __future__ import annotations

from generator.lab.conformance import need
from generator.lab.testbed import Guest, Xl

from .conftest import Stub

LOOK = (
    "echo bridge $(ls /sys/class/net/xenbr0/brif)",
    "for device in vif/0 vbd/51712; do"
    " store device/$device/state;"
    " backend=$(xenstore-read /local/domain/$id/device/$device/backend);"
    " echo $device backend $(xenstore-read $backend/state); done",
    "echo disk $(stat -c %s $folder/disk)",
)


def test_backends_wait_for_the_guest(guest: Stub) -> None:
    host = need.ready("xl")
    assert isinstance(host, Xl)
    asked = Guest(guest.pvh, "end=poweroff", limit=10.0, before=LOOK, vif=True, disk_mib=3)
    bare = Guest(guest.pvh, "end=poweroff", limit=10.0, before=("xenstore-ls /local/domain/$id/device",))
    outcome, without = host.run_guests([asked, bare])
    assert outcome.end == "poweroff", outcome.detail
    assert outcome.told.splitlines() == [
        "bridge vif1.0",
        "device/vif/0/state=1",
        "vif/0 backend 2",
        "device/vbd/51712/state=1",
        "vbd/51712 backend 2",
        f"disk {3 << 20}",
    ]
    assert without.end == "poweroff", without.detail
    assert "vif" not in without.told
    assert "vbd" not in without.told
