# SPDX-License-Identifier: BSD-3-Clause
"""Kconfig checks (to come)."""


def check_kconfig(*args: object) -> None:
    """Not yet."""
