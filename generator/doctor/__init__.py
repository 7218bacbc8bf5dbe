# SPDX-License-Identifier: BSD-3-Clause
"""doctor: whether a platform fits a checkout of Unikraft, without a build."""
