# SPDX-License-Identifier: BSD-3-Clause
"""browse: a plan and its tree as one HTML page, to look at in a browser."""
