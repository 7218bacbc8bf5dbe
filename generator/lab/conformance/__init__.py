# SPDX-License-Identifier: BSD-3-Clause
"""Conformance: what works on a platform, each check on each machine, judged from outside of the guest."""
