# SPDX-License-Identifier: BSD-3-Clause
"""The fixtures that build images, and the last lines of a run: what missing tools cost."""

pytest_plugins = ["generator.lab.conformance.plugin"]
