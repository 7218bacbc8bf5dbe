#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# The Linux dom0's whole userland: starts Xen's daemons, runs the guests of
# /guests one after another and reports on COM2 (ttyS1), which nobody else uses.
# A report is "@@ NAME GUEST LENGTH" and a line end, then LENGTH bytes.

export PATH=/bin:/sbin:/xen LD_LIBRARY_PATH=/lib
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
stty -F /dev/ttyS1 raw -echo 115200
exec 3>/dev/ttyS1

report() { # NAME GUEST FILE
	printf '@@ %s %s %s\n' "$1" "$2" "$(stat -c %s "$3")" >&3
	cat "$3" >&3
}

say() { # NAME GUEST TEXT
	printf '%s' "$3" >/tmp/say
	report "$1" "$2" /tmp/say
}

for module in $(cat /modules/order); do
	insmod "/modules/$module.ko" || say trouble - "insmod $module failed"
done
mount -t xenfs xenfs /proc/xen
mkdir -p /var/log/xen/console
{
	xenstored && xen-init-dom0 && xenconsoled --log=guest --log-dir=/var/log/xen/console
} >/tmp/daemons 2>&1 || report trouble - /tmp/daemons

# Has domain $1 ended?  /tmp/state keeps what xl said: name, id, memory, vcpus, letters, ...
ended() {
	xl list -v "$1" 2>/dev/null | tail -n +2 >/tmp/state
	read -r _ _ _ _ letters _ </tmp/state || return 0
	case $letters in *[sc]*) return 0 ;; *) return 1 ;; esac
}

# Returns when domain $1 has ended, or after $2 seconds.
wait_end() {
	timeout "$2" xenstore-watch @releaseDomain | while read -r _; do
		if ended "$1"; then
			killall xenstore-watch
			break
		fi
	done
}

xl dmesg -c >/dev/null # what is left is the first guest's own
for guest in /guests/*; do
	number=${guest##*/}
	say begin "$number" ''
	if xl create -e "$guest/cfg" >/tmp/create 2>&1; then
		say created "$number" ''
		wait_end "guest$number" "$(cat "$guest/limit")"
		say ended "$number" ''
		report state "$number" /tmp/state
		xl destroy "guest$number" >>/tmp/create 2>&1
	fi
	report create "$number" /tmp/create
	log=/var/log/xen/console/guest-guest$number.log
	[ -e "$log" ] && report console "$number" "$log"
	xl dmesg -c >/tmp/dmesg
	report dmesg "$number" /tmp/dmesg
	say done "$number" ''
done
say finished - ''
sleep 5 # the host ends this machine as soon as it has read that
poweroff -f
