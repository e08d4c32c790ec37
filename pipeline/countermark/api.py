"""What other programs call: see docs/api.md. They import it from `countermark`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from countermark.config.policy import Policy, PolicyOptions
from countermark.config.policy import load_policy as _load_policy
from countermark.sources import Source
from countermark.support.errors import CountermarkError
from countermark.support.messages import LANGUAGES
from countermark.support.validation_errors import validation_error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from countermark.model import DocumentReport

_OPTIONS = "load_policy"
_FILE = "a path, as str or os.PathLike[str]"


def load_policy(
    configuration: str | os.PathLike[str] | None = None, **options: Unpack[PolicyOptions]
) -> Policy:
    """Return the policy that documents are checked by.

    The built-in standards and rules, the `configuration` file, if any, and the options, which go before
    it. No configuration is looked for.

    Raises CountermarkError where the configuration or an option is wrong, TypeError for an option that there
    is not.
    """
    path = None if configuration is None else _path(configuration, "configuration")
    return _load_policy(path, use_config=path is not None, **_options(options))


def check_file(path: str | os.PathLike[str], policy: Policy) -> DocumentReport:
    """Return the report on a file, made in a guarded worker process.

    Whatever the file holds costs no more than the policy's limits allow. Where it can't be read, or is
    not there, the report says so.

    Raises CountermarkError where no worker can start, TypeError for arguments of another type.
    """
    from countermark.execution.pool import check_all

    file = _path(path, "path")
    return _whole(check_all([Source(file, file.as_posix(), given=True)], _policy(policy), jobs=1), policy)


def check_document(data: bytes, name: str, policy: Policy) -> DocumentReport:
    """Return the report on a document of which the content is at hand; `name` is what the report calls it.

    It is made in this process: nothing guards that against a document that takes too long or too much.

    Raises TypeError for arguments of another type.
    """
    from countermark.checking.check import check_document as check

    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"data must be bytes, not {_kind(data)}")
    if not isinstance(name, str):
        raise TypeError(f"name must be a str, not {_kind(name)}")
    return _whole([check(bytes(data), name, _policy(policy))], policy)


def _whole(reports: Iterable[DocumentReport], policy: Policy) -> DocumentReport:
    """Return the one report with what the documents in it say of each other, as a run gives it."""
    from countermark.checking.cross_document import with_cross_document_findings

    (report,) = with_cross_document_findings(reports, policy)
    return report


def _path(given: object, name: str) -> Path:
    path = os.fspath(given) if isinstance(given, str | os.PathLike) else None
    if not isinstance(path, str):
        raise TypeError(f"{name} must be {_FILE}, not {_kind(given)}")
    return Path(path)


def _policy(given: object) -> Policy:
    if not isinstance(given, Policy):
        raise TypeError(f"policy must be a Policy, as load_policy returns it, not {_kind(given)}")
    return given


def _options(given: PolicyOptions) -> PolicyOptions:
    """Return the options with texts made into what they name, as `outgoing` into a Stage."""
    for name in given.keys() - PolicyOptions.__annotations__.keys():
        raise TypeError(f"load_policy has no option {name!r}")
    try:
        options = msgspec.convert(given, PolicyOptions)
    except msgspec.ValidationError as error:
        raise validation_error(_OPTIONS, error) from error
    lang = options.get("lang")
    if lang not in (None, *LANGUAGES):
        raise CountermarkError("unknown-lang", where=_OPTIONS, value=lang)
    return options


def _kind(given: object) -> str:
    return type(given).__name__
