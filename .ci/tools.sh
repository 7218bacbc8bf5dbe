#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tools.sh [PACKAGE...]: see that the Debian packages of packages.txt (or only those named) are there.
# Root with apt installs what is missing; anybody else is told what to install, and may go on:
# the tests that need it skip.  With CI=true a missing tool is an error.
set -eu
list=$(dirname "$0")/packages.txt

missing=
while read -r package sign _; do
	case $package in '' | '#'*) continue ;; esac
	[ $# -eq 0 ] || case " $* " in *" $package "*) ;; *) continue ;; esac
	case $sign in
	-) continue ;;
	/*) [ -e "$sign" ] && continue ;;
	*) command -v "$sign" >/dev/null && continue ;;
	esac
	missing="$missing $package"
done <"$list"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	echo "installing Debian packages:$missing"
	# shellcheck disable=SC2086 # a list of words
	if ! install=$(DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing 2>&1 </dev/null); then
		# no lists yet, or lists that the archive has outrun
		install=$(apt-get update -q 2>&1 </dev/null &&
			DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing 2>&1 </dev/null) || {
			printf '%s\n' "$install" | tail -n 5 >&2
			echo "could not install:$missing" >&2
			[ "${CI:-}" != true ]
			exit
		}
	fi
else
	echo "missing Debian packages:$missing (install them with: apt-get install$missing)" >&2
	[ "${CI:-}" != true ]
fi
