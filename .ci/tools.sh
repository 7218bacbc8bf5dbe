#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# tools.sh [PACKAGE...]: see that the Debian packages of packages.txt (or only those named) are there.
# Root with apt installs each that is missing; anybody else is told what to install, and may go on:
# the tests that need it skip.  With CI=true a missing tool is an error.
set -eu
list=$(dirname "$0")/packages.txt

is_there() {
	case $1 in
	RUNTIME/*) [ -e "$(clang -print-resource-dir 2>/dev/null)/lib/linux/${1#RUNTIME/}" ] ;;
	MODULE/*) "${PYTHON:-python3}" -c "import ${1#MODULE/}" 2>/dev/null ;;
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

name_of() { # the CLANG in a name: the version of what is installed
	case $1 in
	*CLANG*) echo "$1" | sed "s/CLANG/$(clang -dumpversion 2>/dev/null | cut -d. -f1)/" ;;
	*) echo "$1" ;;
	esac
}

install() {
	DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1" 2>&1 </dev/null
}

asked=$(while read -r entry sign _; do
	case $entry in '' | '#'*) continue ;; esac
	[ $# -eq 0 ] || case " $* " in *" $entry "*) ;; *) continue ;; esac
	is_there "$sign" || echo "$entry $sign"
done <"$list")
[ -n "$asked" ] || exit 0
total=$(echo "$asked" | wc -l)

missing=
updated=
number=0
while read -r entry sign; do
	number=$((number + 1))
	is_there "$sign" && continue # another package has brought it
	package=$(name_of "$entry")
	if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
		printf 'installing Debian package %s of %s: %s ...' "$number" "$total" "$package"
		start=$(date +%s)
		if ! said=$(install "$package"); then
			# no lists yet, or lists that the archive has outrun
			if [ -z "$updated" ]; then
				updated=$(apt-get update -q 2>&1 </dev/null) || true
				updated=yes
			fi
			said=$(install "$package") || true
		fi
		echo " $(($(date +%s) - start)) s"
		is_there "$sign" && continue
		printf '%s\n' "$said" | tail -n 3 >&2
	fi
	missing="$missing $package"
done <<END
$asked
END
[ -n "$missing" ] || exit 0
echo "missing Debian packages:$missing (install them with: apt-get install$missing)" >&2
[ "${CI:-}" != true ]
