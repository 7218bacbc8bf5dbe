# SPDX-License-Identifier: BSD-3-Clause
"""tree: a plan becomes text, text is compared with a folder, changes are written."""
