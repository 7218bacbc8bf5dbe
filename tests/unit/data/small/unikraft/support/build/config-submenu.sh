# SPDX-License-Identifier: BSD-3-Clause
# config-submenu.sh OUTPUT FOLDER...: a file that sources the Config.uk of each folder
output=$1
shift
for folder; do
	[ -n "$folder" ] && echo "source \"$folder/Config.uk\""
done >"$output"
echo "$output"
