# SPDX-License-Identifier: BSD-3-Clause
"""A platform's image on a test machine of the lab: the bare one, or an application's."""
