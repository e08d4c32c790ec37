"""Passwords as PDF files of all ages take them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pypdf.generic import encode_pdfdocencoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countermark.support.passwords import Passwords

CODE_PAGES = ("cp1252", "cp932", "mac_roman")


def pdf_passwords(passwords: Passwords) -> Iterator[str]:
    """No password, the passwords, then what programs of a code page made of them.

    Before PDF 2.0 a password is bytes, which the readers of files take from characters of the same
    numbers.
    """
    yield ""
    yield from passwords
    for password in passwords:
        if not password.isascii():
            yield from dict.fromkeys(form.decode("latin-1") for form in _in_code_pages(password))


def _in_code_pages(password: str) -> Iterator[bytes]:
    with suppress(UnicodeEncodeError):
        yield encode_pdfdocencoding(password)
    for code_page in CODE_PAGES:
        with suppress(UnicodeEncodeError):
            yield password.encode(code_page)
