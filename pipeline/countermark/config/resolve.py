"""The policy of a run: the configuration file that applies, and the settings that go before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from countermark.config.configuration import FROM_HERE, ConfigurationChoice, choose
from countermark.config.policy import load_policy
from countermark.support.messages import preferred_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from countermark.config.policy import Policy, PolicyOptions


def resolve_policy(
    choice: ConfigurationChoice = FROM_HERE,
    start: Path | None = None,
    documents: Iterable[Path] = (),
    **options: Unpack[PolicyOptions],
) -> Policy:
    """Return the policy of a run on `documents`, whose common folder is `start`.

    Its language is the one asked for, else the configuration's, else the user's own. Raises CountermarkError
    as `choose` and `load_policy` do.
    """
    start = start or Path.cwd()
    chosen = choose(choice, start, documents)
    policy = load_policy(
        chosen.file, start=start, use_config=chosen.file is not None, ignored=chosen.ignored, **options
    )
    lang = options.get("lang") or policy.config.lang or preferred_language()
    return msgspec.structs.replace(policy, lang=lang)
