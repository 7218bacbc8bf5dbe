# SPDX-License-Identifier: BSD-3-Clause
"""An application's image for a platform, by the build of an unpatched Unikraft checkout, outside of both."""
