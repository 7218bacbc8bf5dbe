# SPDX-License-Identifier: BSD-3-Clause
"""What `build` made, as data."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ..diagnostics import shown_path


def built(platform: str, level: str, tree: Path, image: Path, log: Path, seconds: float) -> dict[str, object]:
    """An image, what it is of, and how long the build took."""
    data = image.read_bytes()
    return {
        "platform": platform,
        "core-level": level,
        "tree": shown_path(tree),
        "image": {"path": shown_path(image), "sha256": sha256(data).hexdigest(), "bytes": len(data)},
        "log": shown_path(log),
        "build-seconds": round(seconds, 3),
    }
