# SPDX-License-Identifier: BSD-3-Clause
"""plan: which components a spec has at a core level, in which order, with which data."""
