# SPDX-License-Identifier: BSD-3-Clause
"""Templates of the generator's own: pages and first files. Those that make trees meet the sandbox (tree/sandbox.py)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


def render(template: Path, /, **data: Any) -> str:
    """The text of a template. In HTML all that it prints is escaped; for other files it has been checked or quoted."""
    is_html = template.suffix == ".html"
    text: str = _environment(template.parent, is_html).get_template(template.name).render(data)
    return text


@cache
def _environment(folder: Path, is_html: bool) -> Any:
    import jinja2  # late: most commands get along without

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not is_html,
        autoescape=is_html,  # noqa: S701 - nothing else is shown by a browser
    )
