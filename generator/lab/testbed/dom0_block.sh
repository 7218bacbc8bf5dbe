#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# xl runs this for each disk backend, which waits for the device's number.

[ "$1" = add ] || exit 0
device=$(xenstore-read "$XENBUS_PATH/params")
xenstore-write "$XENBUS_PATH/physical-device" "$(stat -c %t:%T "$device")"
xenstore-write "$XENBUS_PATH/hotplug-status" connected
