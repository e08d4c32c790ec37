"""PDFium's functions and constants, with plain addresses for pointers.

pypdfium2's prototypes make an object of every pointer that passes; here pointers are integers, None where
they are null. What PDFium writes to is handed over by `ctypes.byref` or by address.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw

PdfiumPage = Any
"""A pypdfium2.PdfPage. pypdfium2 ships no types."""
PdfiumTextPage = Any
"""A pypdfium2.PdfTextPage."""
PdfiumHandle = Any
"""What PDFium knows an object by: a pointer as an integer, or a ctypes pointer where pypdfium2 gives one."""


def __getattr__(name: str) -> Any:
    found = getattr(pypdfium2.raw, name)
    if hasattr(found, "argtypes"):
        types = (_plain(found.restype), *map(_plain, found.argtypes))
        found = ctypes.PYFUNCTYPE(*types)(ctypes.cast(found, ctypes.c_void_p).value or 0)
    globals()[name] = found
    return found


def _plain(kind: Any) -> Any:
    is_pointer = isinstance(kind, type) and issubclass(kind, ctypes._Pointer)
    return ctypes.c_void_p if is_pointer else kind
