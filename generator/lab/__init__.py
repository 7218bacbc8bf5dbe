# SPDX-License-Identifier: BSD-3-Clause
"""The lab: where platforms are tried, from one boot to whole matrices.

`testbed` starts an image on a machine and says how it ended, `conformance` runs checks inside guests on all machines,
`verify` builds and boots an unpatched Unikraft checkout. Of the generator only `platgen run` imports it, for `testbed`.
"""

from pathlib import Path

from ..places import find_root

TOOL = __name__.partition(".")[0]
"""The package's name, for `python -m`: `generator` in a checkout, `platgen` where it is installed."""


def _root() -> Path:
    """The checkout that this file belongs to; where the package is installed, the one found from here upwards."""
    home = Path(__file__).parents[2]
    return home if (home / "platforms").is_dir() else find_root()


ROOT = _root()
"""The folder that holds `platforms/` and `templates/`."""
