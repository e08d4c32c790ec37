"""Staged content of a git repository, read in the guarded worker."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from countermark.readers.signatures import is_lfs_pointer
from countermark.sources.git import git

if TYPE_CHECKING:
    from pathlib import Path

    from countermark.sources import Blob

_OBJECT = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)


def blob_size(blob: Blob) -> int | None:
    """Return its length in bytes; None where git does not have it."""
    size = git(blob.repository, "cat-file", "-s", blob.id)
    return None if size is None else int(size)


def blob_content(blob: Blob, path: Path) -> bytes | None:
    """Return its bytes; None where git does not have it.

    For a Git LFS pointer those of the file at `path`, if they are what it points to, else the pointer
    itself.
    """
    content = git(blob.repository, "cat-file", "blob", blob.id)
    if content is None or not is_lfs_pointer(content):
        return content
    named = _OBJECT.search(content)
    try:
        fetched = path.read_bytes()
    except OSError:
        return content
    return fetched if named and hashlib.sha256(fetched).hexdigest().encode() == named[1] else content
