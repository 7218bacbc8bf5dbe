# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator` is `platgen`."""

from .cli import run

run()
