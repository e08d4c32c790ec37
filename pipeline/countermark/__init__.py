"""Countermark: checks the classification markings of documents that the United Kingdom and Japan exchange.

What it offers to other programs is in `__all__` and described in docs/api.md. Each name is imported when it
is first used: a worker process imports this package before it knows from which folders it may import.
"""

__version__ = "0.1.0"

_HOMES = {
    "check_document": "countermark.api",
    "check_file": "countermark.api",
    "load_policy": "countermark.api",
    "CountermarkError": "countermark.support.errors",
    "DocumentReport": "countermark.model",
    "Finding": "countermark.model",
    "Marking": "countermark.model",
    "Passwords": "countermark.support.passwords",
    "Policy": "countermark.config.policy",
    "Stage": "countermark.model",
    "Verdict": "countermark.model",
}

__all__ = tuple(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted((*globals(), *_HOMES))
