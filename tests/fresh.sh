#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# fresh.sh [ROOT]: do the commands below the README's heading "Start" work for somebody who has nothing but a clone?
# Clones the last commit into an empty folder with an empty HOME and no cache, and runs them there; one that
# needs a checkout of Unikraft is left out.
# With ROOT, as root: inside that folder, a minimal Debian 12 or 13 with make, git, python3 and a way
# to the network (debootstrap --variant=minbase --include=make,git,ca-certificates,python3).
set -eu
repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
root=${1:-}
place=$(mktemp -d "${root:-${TMPDIR:-/tmp}}/fresh-XXXXXX")
inside=${place#"$root"}
git clone -q "$repository" "$place/clone"
mkdir "$place/home"

leave() {
	status=$?
	[ -z "$root" ] || umount "$root/proc" "$root/dev/pts" "$root/dev" 2>/dev/null || true
	rm -rf "$place"
	exit $status
}
trap leave EXIT
trap 'exit 130' INT TERM

# Settings that lead to the network stay; everything else of the caller's environment goes.
keep=$(env | sed -n 's/^\(\(https\?_proxy\|HTTPS\?_PROXY\|no_proxy\|NO_PROXY\|PIP_[A-Z_]*\|SSL_CERT_[A-Z]*\|REQUESTS_CA_BUNDLE\)=[^ ]*\)$/\1/p')

inside() {
	# shellcheck disable=SC2086 # a list of words
	set -- env -i $keep HOME="$inside/home" PATH="${FRESH_PATH:-/usr/sbin:/usr/bin:/sbin:/bin}" \
		CI="${CI:-}" sh -c "cd $inside/clone && $1"
	if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi
}

if [ -n "$root" ]; then
	mount -t proc proc "$root/proc"
	mount --bind /dev "$root/dev"
	mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
fi
sed -n '/^## Start/,/^## [^S]/{/UNIKRAFT=/!s/^    \(make .*\)/\1/p}' "$place/clone/README.md" >"$place/commands"
[ -s "$place/commands" ] || { echo "README.md names no command below its heading Start" >&2; exit 1; }
while read -r command; do
	echo "== $command"
	start=$(date +%s)
	inside "$command" </dev/null
	echo "== $(($(date +%s) - start)) s"
done <"$place/commands"
