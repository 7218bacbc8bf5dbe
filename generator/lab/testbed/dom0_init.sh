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

if [ -d /sys/module/bridge ]; then
	brctl addbr xenbr0
	ip address add 10.0.0.1/24 dev xenbr0
	ip link set xenbr0 up
fi

# Has domain $1 ended?  /tmp/state keeps what xl said: name, id, memory, vcpus, letters, ...
ended() {
	while [ -e /tmp/away ]; do sleep 0.1; done # it is being moved
	xl list -v "$1" 2>/dev/null | tail -n +2 >/tmp/state
	read -r _ _ _ _ letters _ </tmp/state || return 0
	case $letters in *[sc]*) return 0 ;; *) return 1 ;; esac
}

now() { # ms since dom0's start, in steps of 10
	read -r up _ </proc/uptime
	echo "${up%.*}${up#*.}0"
}

# Returns when domain $1 has ended, or after $2 seconds; /tmp/over keeps when that was.
wait_end() {
	timeout "$2" xenstore-watch @releaseDomain | while read -r _; do
		at=$(now)
		if ended "$1"; then
			echo "$at" >/tmp/over
			killall xenstore-watch
			break
		fi
		: >/tmp/watching # the first of these comes at once and says nothing
	done
}

# Reports what the guest's console shows, as it comes; a last time when /tmp/quiet is there. Nobody else reports then.
relay() { # NUMBER LOG
	sent=0 last=
	while [ -z "$last" ]; do
		[ -e /tmp/quiet ] && last=yes || sleep 0.1
		size=$(stat -c %s "$2" 2>/dev/null) || continue
		[ "$size" -gt "$sent" ] || continue
		tail -c "+$((sent + 1))" "$2" | head -c "$((size - sent))" >/tmp/piece
		report heard "$1" /tmp/piece
		sent=$size
	done
}

# What the host sends, at the console of domain $1. Whoever reports does so by the same line, the other way.
keyboard() {
	until tty=$(xenstore-read "/local/domain/$1/console/tty" 2>/dev/null) && [ "$tty" ]; do
		sleep 0.1
	done
	exec cat /dev/ttyS1 >"$tty"
}

# Words for the lines of shell that come with a guest, which they know as
# $guest and $id. What they print is told to the host.
await() { # TEXT: until the guest's console shows it, for 30 s at most; the lines after it do not run without it
	patience=$(cat "$folder/limit")
	for _ in $(seq $((patience < 30 ? patience * 10 : 300))); do
		grep -qs "$1" "$log" && return
		[ -s /tmp/over ] && break
		sleep 0.1
	done
	echo "the guest did not say $1"
	killall -q xenstore-watch # nor does its end matter any more
	exit
}

type_it() { # the guest's text, at its console
	cat "$folder/typed" >"$(xenstore-read "/local/domain/$id/console/tty")"
}

store() { # PATH [VALUE]: reads or writes one of the guest's own keys
	[ $# = 1 ] && echo "$1=$(xenstore-read "/local/domain/$id/$1" 2>&1)"
	[ $# = 1 ] || xenstore-write "/local/domain/$id/$1" "$2"
}

stamped() { # the times, in dom0's seconds, at which the watch of the guest's key $1 fires: three
	xenstore-watch -n 3 "/local/domain/$id/$1" | while read -r _; do
		read -r up _ </proc/uptime # no process is started in between
		echo "$up"
	done >/tmp/stamps
}

all_stamped() { # xl may have ended before the watch has told the last one
	for _ in $(seq 50); do
		[ "$(wc -l </tmp/stamps)" -ge 3 ] && return
		sleep 0.1
	done
}

moved() { # [-c|-f|-m]: saves the guest and restores it; -c: only takes a copy; -f: to a full disk; -m: migrates it, to this host
	[ -s /tmp/over ] && return
	: >/tmp/away
	stamped control/shutdown &
	stamps=$!
	sleep 0.3 # the first of them comes at once
	case $1 in
	-c) xl save -c "$guest" /tmp/image ;;
	-f)
		[ -d /tmp/full ] || { mkdir /tmp/full && mount -t tmpfs -o size=1m full /tmp/full; }
		! xl save "$guest" /tmp/full/image
		;;
	-m)
		# the new domain's name is another one until the old one is gone
		ln -sf "${log##*/}" "/var/log/xen/console/guest-$guest--incoming.log"
		xl migrate -s '' "$guest" 'xl migrate-receive'
		;;
	*) xl save "$guest" /tmp/image && xl restore /tmp/image ;;
	esac >/tmp/moving 2>&1 && all_stamped && echo "moved${1:+ $1}: $(tail -n +2 /tmp/stamps | tr '\n' ' ')" || cat /tmp/moving
	kill "$stamps" 2>/dev/null
	rm -f /tmp/image /tmp/full/image /tmp/away
	id=$(xl domid "$guest")
}

mem_set() { # MIB TEXT: sets the guest's memory, waits for its word, prints what it has then
	await "filled 0"
	xl mem-set "$guest" "$1" || echo "mem-set $1 failed"
	await "$2"
	xl list "$guest" | tail -n 1 | { read -r _ _ mib _ && echo "has $mib"; }
}

ends_by() { # COMMAND...: how long the guest lives on after it
	for _ in $(seq 100); do
		[ -e /tmp/watching ] || [ -e /tmp/over ] && break
		sleep 0.1
	done
	begin=$(now)
	xl domid "$guest" >/dev/null
	asked=$(now)
	echo "xl itself takes $((asked - begin)) ms"
	"$@" || echo "$* failed"
	for _ in $(seq 300); do
		[ -s /tmp/over ] && break
		sleep 0.1
	done
	echo "ended after $(($(cat /tmp/over) - asked)) ms"
}

# Runs the file $1 of the guest's folder, if there is one.
attend() {
	[ -e "$folder/$1" ] && . "$folder/$1" >>/tmp/told 2>&1
}

xl dmesg -c >/dev/null # what is left is the first guest's own
for folder in /guests/*; do
	number=${folder##*/}
	guest=guest$number
	log=/var/log/xen/console/guest-$guest.log
	hold=
	if [ -e "$folder/mib" ]; then
		truncate -s "$(cat "$folder/mib")M" "$folder/disk"
	fi
	[ -e "$folder/disk" ] && losetup /dev/loop0 "$folder/disk"
	[ -e "$folder/before" ] && hold=-p
	rm -f /tmp/over /tmp/watching /tmp/quiet
	: >/tmp/told
	say begin "$number" ''
	if xl create $hold -e "$folder/cfg" >/tmp/create 2>&1; then
		say created "$number" ''
		id=$(xl domid "$guest")
		attend before
		(attend beside) &
		beside=$!
		[ "$hold" ] && xl unpause "$id" # by number: names are xenstore's
		live=
		if [ -e "$folder/live" ]; then
			relay "$number" "$log" &
			live=$!
		fi
		keys=
		if [ -e "$folder/keyboard" ]; then
			keyboard "$id" &
			keys=$!
		fi
		wait_end "$guest" "$(cat "$folder/limit")"
		[ -z "$keys" ] || kill "$keys" 2>/dev/null
		: >/tmp/quiet
		[ -z "$live" ] || wait "$live"
		say ended "$number" ''
		wait $beside
		killall -CONT xenstored xenconsoled # whatever was done to them
		ended "$guest"
		report state "$number" /tmp/state
		xl destroy "$guest" >>/tmp/create 2>&1
	else
		cat "/var/log/xen/qemu-dm-$guest.log" >>/tmp/create 2>/dev/null
	fi
	[ -e "$folder/disk" ] && losetup -d /dev/loop0 && rm "$folder/disk"
	report create "$number" /tmp/create
	report told "$number" /tmp/told
	if [ -e "$log" ]; then
		gzip -c "$log" >/tmp/console # the way to the host is slow
		report console "$number" /tmp/console
	fi
	xl dmesg -c >/tmp/dmesg
	report dmesg "$number" /tmp/dmesg
	say done "$number" ''
done
say finished - ''
sleep 5 # the host ends this machine as soon as it has read that
poweroff -f
