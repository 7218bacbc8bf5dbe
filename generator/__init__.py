# SPDX-License-Identifier: BSD-3-Clause
"""platgen: makes a Unikraft platform from a YAML spec and a tree of components."""

VERSION = "0.2.0"  # the only place of the number; docs/changelog.md tells what is new
DEFAULT_LEVEL = "0.21"  # the core level whose trees are kept in platforms/
TREE_MANIFEST = ".platgen.json"  # the file of a tree in which the generator notes what it wrote
