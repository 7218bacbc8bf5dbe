# SPDX-License-Identifier: BSD-3-Clause
"""`python -m generator` is `platgen`."""

import sys

from generator.cli import main

sys.exit(main())
