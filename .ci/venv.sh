#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# venv.sh FOLDER [newest]: a virtual environment with the Python packages that the project needs.
#
# It installs what requirements.lock pins, by hash, from a folder of wheels in the user's cache, and asks the
# network only for missing wheels.  With `newest`, pip chooses: the newest releases that pyproject.toml admits.
set -u
cd "$(dirname "$0")/.." || exit 1
folder=$1 newest=${2:-} python=${PYTHON:-python3}
wheels=${PLATGEN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/platgen}/wheels
said=$(mktemp) || exit 1
trap 'rm -f "$said"' EXIT

phase() { # a line for what comes now; `ended` adds how long it took
	printf '%s ...' "$1"
	start=$(date +%s)
}

ended() {
	echo " $(($(date +%s) - start)) s"
}

fail() {
	echo "$1" >&2
	[ $# -eq 1 ] || echo "hint: $2" >&2
	exit 1
}

pip() {
	"$folder/bin/python" -m pip -q --disable-pip-version-check "$@" </dev/null >"$said" 2>&1
}

must() {
	pip "$@" && return
	reason=$(sed -n 's/^ERROR: *//p' "$said" | tail -n 1)
	if grep -q 'connection broken by' "$said"; then # pip itself says "no matching distribution"
		reason='no Python package index can be reached from here'
	fi
	echo
	fail "cannot $1 the Python packages of requirements.lock: ${reason:-pip failed}" \
		"a first run needs access to a Python package index, or the wheels in $wheels"
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
	fail "platgen needs Python 3.11 or newer, this is $("$python" -V 2>&1): make PYTHON=python3.11 ..."
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
	if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
		sh .ci/tools.sh python3-venv
	fi
	"$python" -c 'import ensurepip' 2>/dev/null || fail 'Python'\''s venv is missing: apt-get install python3-venv'
fi
if ! "$folder/bin/python" -c 'import pip' 2>/dev/null; then
	phase "making $folder"
	"$python" -m venv --clear "$folder" || fail "cannot make $folder"
	ended
fi
if [ -n "$newest" ]; then
	phase "downloading and installing the newest Python packages into $folder"
	must install -U setuptools wheel '.[dev]'
	ended
else
	locked='--require-hashes -r requirements.lock'
	number=$(grep -c '^[a-z].*==' requirements.lock)
	phase "installing $number Python packages into $folder"
	if ! [ -d "$wheels" ] || ! pip install --no-index --find-links "$wheels" $locked; then
		ended
		phase "downloading what is missing of them to $wheels"
		must download --prefer-binary -d "$wheels" $locked
		ended
		phase "installing them"
		must install --no-index --find-links "$wheels" $locked
	fi
	ended
fi
