# SPDX-License-Identifier: BSD-3-Clause
"""`.platgen.json`: what the generator last wrote into a folder, and what it is writing now.

A run that changes a tree writes the file twice. First as a journal: `files` is what stands there, `writing`
what will. Last without `writing`. So after a kill at any moment each generated file has a known hash.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from .. import TREE_MANIFEST
from ..diagnostics import Diagnostic, Location, Outcome
from ..reading import MAX_BYTES, NotAFileError, TooBigError
from ..reading import read as read_file

NAME = TREE_MANIFEST
FORMAT = 1
MAX_PATH, MAX_NAME = 4096, 255
_USUAL_PATH = r"(?a:[\w+-][\w.+-]*(?:/[\w+-][\w.+-]*)*)"
_DIGEST = "[0-9a-f]{64}"
HINT = "restore it or delete it; without it, every file that differs counts as edited"


class Manifest(NamedTuple):
    """The spec and core level of a tree, and the SHA-256 of its files by path."""

    spec: str
    level: str
    files: Mapping[str, str]
    writing: Mapping[str, str] = {}

    def knows(self, path: str, data: bytes) -> bool:
        """Whether the generator wrote this."""
        return sha256(data).hexdigest() in (self.files.get(path), self.writing.get(path))

    def to_bytes(self) -> bytes:
        """Sorted, no date, no path of the user."""
        data: dict[str, Any] = {"format": FORMAT, "spec": self.spec, "level": self.level, "files": dict(self.files)}
        if self.writing:
            data["writing"] = dict(self.writing)
        return (json.dumps(data, indent=1) + "\n").encode()


EMPTY = Manifest("", "", {})


def hashes(tree: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by path."""
    return {path: sha256(tree[path]).hexdigest() for path in sorted(tree)}


def digest(tree: Mapping[str, bytes]) -> str:
    """One SHA-256 of a whole tree, its names included."""
    return sha256("".join(f"{one} {path}\n" for path, one in hashes(tree).items()).encode()).hexdigest()


def read(folder: Path) -> Outcome[Manifest]:
    """The folder's manifest; no value where there is none, or none that can be read."""
    path = folder / NAME
    try:
        return Outcome(parse(json.loads(read_file(path, follow=False))))
    except FileNotFoundError:
        return Outcome(None)
    except (NotAFileError, TooBigError):
        at, message = Location(path), f"not a regular file of at most {MAX_BYTES} bytes"
    except OSError as error:
        return Outcome(None, (Diagnostic("cannot-read", Location(path), f"cannot read: {error.strerror}"),))
    except json.JSONDecodeError as error:
        at, message = Location(path, error.lineno, error.colno), "this is not JSON"
    except (UnicodeDecodeError, RecursionError):
        at, message = Location(path, 1, 1), "this is not JSON"
    except ValueError:
        at = Location(path, 1, 1)
        message = f"not a manifest of format {FORMAT}, or one with a path that leaves the folder"
    return Outcome(None, (Diagnostic("bad-manifest", at, message, HINT),))


def parse(data: Any) -> Manifest:
    """Plain data as a manifest; ValueError when it is none."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError
    files, writing = data.get("files"), data.get("writing", {})
    if not _are_entries(files) or not _are_entries(writing):
        raise ValueError
    return Manifest(str(data.get("spec", "")), str(data.get("level", "")), files, writing)


def _are_entries(data: Any) -> TypeGuard[dict[str, str]]:
    return isinstance(data, dict) and all(_is_entry(path, digest) for path, digest in data.items())


def _is_entry(path: str, digest: object) -> bool:
    if not isinstance(digest, str) or not re.fullmatch(_DIGEST, digest):
        return False
    if len(path) <= MAX_NAME and re.fullmatch(_USUAL_PATH, path):
        return True
    try:
        encoded = os.fsencode(path)
    except UnicodeEncodeError:
        return False
    parts = path.split("/")
    if len(encoded) > MAX_PATH or any(len(os.fsencode(part)) > MAX_NAME for part in parts):
        return False
    return "\0" not in path and not {"", ".", ".."} & set(parts) and path != NAME
