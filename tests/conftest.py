# SPDX-License-Identifier: BSD-3-Clause
"""The fixtures that build images, and the last lines of a run: what missing tools cost."""

import signal

pytest_plugins = ["generator.lab.conformance.plugin"]

# A job in a shell's background ignores this signal, and so would each program that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)
