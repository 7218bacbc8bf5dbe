# SPDX-License-Identifier: BSD-3-Clause
"""load: files become typed values that know the place of each word."""
