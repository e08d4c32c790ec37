"""Configuration and rule packs -> one validated Policy."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypedDict, Unpack

import msgspec

from countermark.config.configuration import CONFIG_NAME as CONFIG_NAME
from countermark.config.configuration import find_config, shown
from countermark.model import ConfigurationFile, Defect, Severity, Stage
from countermark.readers.formats import formats
from countermark.recognition.recogniser import Recogniser
from countermark.rules.rule import Rule
from countermark.standards.agreement import Correspondence
from countermark.standards.standard import Element
from countermark.standards.standards import Standards, load_standards
from countermark.standards.vocabulary import Nation, Nations, Thresholds
from countermark.support.built_in import compiled, data_folder, digest_of
from countermark.support.errors import CountermarkError
from countermark.support.limits import GREATEST_SECONDS, Limits
from countermark.support.messages import LANGUAGES
from countermark.support.passwords import NO_PASSWORDS, Passwords

Pattern = Annotated[str, msgspec.Meta(max_length=1000)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what the configuration file says."""


class ExchangeSettings(Settings, frozen=True):
    """`from`, `to` (GB or JP) and `stage` of the exchange; what is left out is inferred."""

    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    stage: Stage | None = None


NOT_GIVEN = ExchangeSettings()


class PathSettings(Settings, frozen=True):
    """What holds for the paths that match a pattern (as in .gitignore, from the file's folder)."""

    match: Pattern
    exchange: ExchangeSettings = NOT_GIVEN
    ignore: tuple[str, ...] = ()
    allow_unmarked: bool | None = None


class Waiver(Settings, frozen=True):
    """Findings of `rules` (codes or families) on the paths that match do not count, for `reason`, to
    the day `until` if it has one."""

    match: Pattern
    rules: tuple[str, ...]
    reason: str
    until: date | None = None


class Config(Settings, frozen=True):
    """`.countermark.yaml`. `fail_on` is a severity or `never`; `labels` maps label names and
    identifiers to markings, `label_fields` are properties in which a labelling tool keeps them; `as_of`
    is the day for documents without a date of their own. `descriptors`, `handling`, `codewords`,
    `nations` and `correspondence` are added to what the standards and the Agreement know; `rules` are
    folders with the organisation's own rules and standards; `translations` are pairs of documents that
    say the same in two languages."""

    lang: str | None = None
    exchange: ExchangeSettings = NOT_GIVEN
    paths: tuple[PathSettings, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    fail_on: str = "error"
    allow_unmarked: bool = False
    threshold: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    label_required: bool = False
    labels: dict[str, str] = {}
    label_fields: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    codewords: tuple[str, ...] = ()
    nations: tuple[Nation, ...] = ()
    correspondence: tuple[Correspondence, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    as_of: date | None = None
    limits: Limits = Limits()
    waivers: tuple[Waiver, ...] = ()
    redact: bool = False


class Policy(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """All that decides what a document's report says. `folder` is where path patterns start,
    `today` the day of the run, `digest` a SHA-256 of configuration and data, the
    `passwords` left out. `configuration` is the file that applies, `ignored` are those that were found among
    what is checked and do not."""

    config: Config
    recogniser: Recogniser
    rules: tuple[Rule, ...]
    folder: Path
    today: date
    lang: str
    digest: str
    configuration: ConfigurationFile | None = None
    ignored: tuple[str, ...] = ()
    passwords: Passwords = NO_PASSWORDS

    def relative(self, name: str) -> str:
        """Return a document's path from `folder`; as given where it lies elsewhere."""
        path = Path(os.path.realpath(name))
        return path.relative_to(self.folder).as_posix() if path.is_relative_to(self.folder) else name

    @property
    def standards(self) -> Standards:
        """The standards by which the recogniser recognises and the rules judge."""
        return self.recogniser.standards

    @property
    def asked_rules(self) -> tuple[Rule, ...]:
        """The rules but for those that are off by default and not configured."""
        configured = {*self.config.severity, *self.config.select}
        return tuple(rule for rule in self.rules if rule.by_default or rule.code in configured)

    @property
    def thresholds(self) -> Thresholds:
        """The confidence from which on a candidate is a marking, or doubtful."""
        own, set_by_user = self.standards.recognition.thresholds, self.config.threshold
        return own if set_by_user is None else own.moved_to(set_by_user)


def with_all_rules(policy: Policy) -> Policy:
    """Return `policy` with the rules on that are off by default."""
    more = {rule.code: rule.severity for rule in policy.rules if not rule.by_default}
    config = msgspec.structs.replace(policy.config, severity={**more, **policy.config.severity})
    return msgspec.structs.replace(policy, config=config)


def with_pack(policy: Policy, folder: Path) -> Policy:
    """`policy` with the rules and standards of an organisation's folder. Raises CountermarkError."""
    standards, rules, digest = _with_pack(policy.standards, policy.rules, folder)
    together = hashlib.sha256(policy.digest.encode() + digest).hexdigest()
    return msgspec.structs.replace(policy, recogniser=Recogniser(standards), rules=rules, digest=together)


def _folder(path: Path | None, start: Path, root: Path | None) -> Path:
    """Where paths count from: the configuration's folder, unless the documents lie elsewhere, else a place
    that is the same on every machine."""
    folder = path.resolve().parent if path else None
    if folder and (start.is_relative_to(folder) or folder.is_relative_to(start)):
        return folder
    trees = (folder for folder in (start, *start.parents) if (folder / ".git").exists())
    return next(trees, (root or start).resolve())


class PolicyOptions(TypedDict, total=False):
    """Settings that go before the configuration file's. `timeout` is its limit `seconds`; `root` is where
    paths count from without configuration and git work tree."""

    lang: str | None
    originator: str | None
    recipient: str | None
    stage: Stage | None
    as_of: date | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    timeout: Annotated[float, msgspec.Meta(ge=1, le=GREATEST_SECONDS)] | None
    passwords: Passwords
    redact: bool
    root: Path | None


def load_policy(
    config_path: Path | None = None,
    start: Path | None = None,
    *,
    use_config: bool = True,
    ignored: tuple[Path, ...] = (),
    **options: Unpack[PolicyOptions],
) -> Policy:
    """Return the policy of a run: built-in data, the configuration file (`config_path`, else the nearest one
    from `start` upward; none without `use_config`), then the options. Where there is no configuration, or one
    in a place apart from `start`, paths count from the git work tree that `start` is in, else from `root`,
    else from `start`. `ignored` are configurations that were found and do not apply.

    Raises CountermarkError, which names the place, where any of these is wrong; TypeError for an option that
    there is not.
    """
    for name in options.keys() - PolicyOptions.__annotations__.keys():
        raise TypeError(f"load_policy has no option {name!r}")
    start = (start or Path.cwd()).resolve()
    path = (config_path or find_config(start)) if use_config else None
    config = _with_options(_read_config(path) if path else Config(), options)
    formats()  # whose rows by other packages can be wrong too
    recogniser, rules, data_digest = _data()
    standards = recogniser.standards
    base = path.resolve().parent if path else Path.cwd()
    for folder in config.rules:
        standards, rules, digest = _with_pack(standards, rules, base / folder)
        data_digest += digest
    standards = _with_lists(standards, config)
    config = _with_country_codes(config, standards.nations)
    recogniser = recogniser if standards is recogniser.standards else Recogniser(standards)
    _validate(config, rules, standards.agreement.parties, str(path or "countermark"))
    _check_labels(config, recogniser, str(path or "countermark"))
    if path:
        from countermark.standards.standard_validation import check_correspondence

        check_correspondence(config.correspondence, standards.tiers(), path)
    return Policy(
        config=config,
        recogniser=recogniser,
        rules=rules,
        folder=_folder(path, start, options.get("root")),
        today=date.today(),
        lang=options.get("lang") or config.lang or "en",
        digest=hashlib.sha256(data_digest + msgspec.json.encode(config)).hexdigest(),
        configuration=ConfigurationFile(shown(path), _digest_of(path)) if path else None,
        ignored=tuple(map(shown, ignored)),
        passwords=options.get("passwords", NO_PASSWORDS),
    )


def _read_config(path: Path) -> Config:
    from countermark.standards.coded_files import load_coded

    return load_coded(path, Config)


def _with_options(config: Config, options: PolicyOptions) -> Config:
    """Return the configuration with the options in place of what it says itself."""
    given = {"from_": "originator", "to": "recipient", "stage": "stage"}
    exchange = {field: value for field, name in given.items() if (value := options.get(name))}
    changes: dict[str, Any] = {
        "exchange": msgspec.structs.replace(config.exchange, **exchange),
        "select": options.get("select") or config.select,
        "ignore": (*config.ignore, *options.get("ignore", ())),
        "as_of": options.get("as_of") or config.as_of,
        "fail_on": options.get("fail_on") or config.fail_on,
        "redact": options.get("redact") or config.redact,
        "paths": tuple(
            msgspec.structs.replace(entry, exchange=msgspec.structs.replace(entry.exchange, **exchange))
            for entry in config.paths
        ),
    }
    timeout = options.get("timeout")
    if timeout is not None:
        changes["limits"] = msgspec.structs.replace(config.limits, seconds=timeout)
    return msgspec.structs.replace(config, **changes)


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _with_pack(
    standards: Standards, rules: tuple[Rule, ...], folder: Path
) -> tuple[Standards, tuple[Rule, ...], bytes]:
    """Return the standards and rules with those of an organisation's folder, and a digest of its files. A
    rule, standard or scheme of a known code, identifier or country takes the place of the one there was."""
    if not folder.is_dir():
        raise CountermarkError("pack-no-folder" if folder.exists() else "path-missing", path=folder)
    from countermark.rules.packs import load_pack

    pack = load_pack(folder, standards.nations.nations)
    codes = {rule.code for rule in pack.rules}
    ids = {standard.id for standard in pack.standards}
    merged = (*(rule for rule in rules if rule.code not in codes), *pack.rules)
    kept = (*(standard for standard in standards.standards if standard.id not in ids), *pack.standards)
    nations = msgspec.structs.replace(standards.nations, nations=(*pack.nations, *standards.nations.nations))
    added = {scheme.country for scheme in pack.schemes}
    others = (scheme for scheme in standards.foreign.schemes if scheme.country not in added)
    foreign = msgspec.structs.replace(standards.foreign, schemes=(*pack.schemes, *others))
    return (
        msgspec.structs.replace(standards, standards=kept, nations=nations, foreign=foreign),
        tuple(sorted(merged, key=lambda rule: rule.code)),
        pack.digest,
    )


_PARTS = {"descriptors": "descriptor", "handling": "handling"}
"""What the configuration adds to, and the part of a standard's order that it is."""


def _with_lists(standards: Standards, config: Config) -> Standards:
    """Return the standards with what the configuration adds to them."""
    added = (config.descriptors, config.handling, config.nations, config.correspondence)
    if not any(added):
        return standards
    own = {
        "descriptors": tuple(Element(name=name) for name in config.descriptors),
        "handling": tuple(Element(name=name) for name in config.handling),
    }
    return msgspec.structs.replace(
        standards,
        standards=tuple(
            msgspec.structs.replace(
                standard,
                **{
                    key: (*getattr(standard, key), *more)
                    for key, more in own.items()
                    if _PARTS[key] in standard.order
                },
            )
            for standard in standards.standards
        ),
        nations=msgspec.structs.replace(
            standards.nations, nations=(*config.nations, *standards.nations.nations)
        ),
        agreement=msgspec.structs.replace(standards.agreement, overrides=config.correspondence),
    )


@cache
def _data() -> tuple[Recogniser, tuple[Rule, ...], bytes]:
    """Return the recogniser of the built-in standards and their rules, with a digest of their files."""
    digest = digest_of(data_folder(), "*.yaml")
    data = compiled("data", _Data, digest, _read_data)
    return Recogniser(data.standards), data.rules, digest


class _Data(msgspec.Struct, frozen=True):
    standards: Standards
    rules: tuple[Rule, ...]


def _read_data() -> _Data:
    from countermark.rules.loader import load_rules

    folder = data_folder()
    return _Data(load_standards(folder), load_rules(folder / "checks"))


def _with_country_codes(config: Config, nations: Nations) -> Config:
    """Return the configuration with its countries by code, however they are named."""

    def coded(exchange: ExchangeSettings) -> ExchangeSettings:
        codes = {
            field: nations.code_of(name) or name
            for field in ("from_", "to")
            if (name := getattr(exchange, field))
        }
        return msgspec.structs.replace(exchange, **codes)

    paths = tuple(msgspec.structs.replace(entry, exchange=coded(entry.exchange)) for entry in config.paths)
    return msgspec.structs.replace(config, exchange=coded(config.exchange), paths=paths)


def _validate(config: Config, rules: tuple[Rule, ...], parties: tuple[str, str], where: str) -> None:
    codes = [rule.code for rule in rules]
    families = {rule.family for rule in rules}
    asked = [*config.select, *config.ignore, *config.severity]
    asked += [code for entry in config.paths for code in entry.ignore]
    asked += [code for waiver in config.waivers for code in waiver.rules]
    for code in asked:
        if code not in codes and code not in families:
            raise CountermarkError("unknown-rule", where=where, code=code)
    for exchange in (config.exchange, *(entry.exchange for entry in config.paths)):
        for country in (exchange.from_, exchange.to):
            if country not in (None, *parties):
                raise CountermarkError("unknown-country", where=where, country=country)
    for waiver in config.waivers:
        if not waiver.rules or not waiver.reason.strip():
            raise CountermarkError("waiver-incomplete", where=where, match=waiver.match)
    if config.fail_on not in (*Severity, "never"):
        raise CountermarkError("unknown-fail-on", where=where, value=config.fail_on)
    if config.lang not in (None, *LANGUAGES):
        raise CountermarkError("unknown-lang", where=where, value=config.lang)


def _check_labels(config: Config, recogniser: Recogniser, where: str) -> None:
    for label, marking in config.labels.items():
        if not _is_marking(marking, recogniser):
            raise CountermarkError("unknown-label-marking", where=where, label=label, marking=marking)


def _is_marking(text: str, recogniser: Recogniser) -> bool:
    """Return whether a text is a marking of a known classification, whenever that was in force."""
    line = recogniser.grammar.line(text)
    if len(line.markings) != 1 or line.rest or not line.markings[0].is_stated:
        return False
    defects = {Defect.unknown_classification, Defect.spelling}
    return line.markings[0].tier is not None and not defects & line.markings[0].defects
