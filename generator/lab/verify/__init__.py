# SPDX-License-Identifier: BSD-3-Clause
"""Builds an application with an unpatched Unikraft, boots it everywhere, records what was seen."""
