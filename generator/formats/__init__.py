# SPDX-License-Identifier: BSD-3-Clause
"""What programs read: JSON (`report.schema.json`), and SARIF 2.1.0 for code hosts."""
