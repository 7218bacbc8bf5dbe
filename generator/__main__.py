# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator` is `platgen`."""

from generator.cli import run

run()
