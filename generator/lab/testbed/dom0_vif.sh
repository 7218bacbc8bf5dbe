#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# xl runs this for each network backend: $vif is dom0's end of it.

[ "$1" = online ] || exit 0
brctl addif xenbr0 "$vif"
ip link set "$vif" up
xenstore-write "$XENBUS_PATH/hotplug-status" connected
