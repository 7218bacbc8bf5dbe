# SPDX-License-Identifier: BSD-3-Clause
"""platgen: makes a Unikraft platform from a YAML spec and a tree of components."""
