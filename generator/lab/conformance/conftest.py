# SPDX-License-Identifier: BSD-3-Clause
"""Where pytest finds the plugin when it runs the matrix."""

pytest_plugins = [f"{__package__}.plugin"]
