"""What is to be known of a rule, for the terminal and as Markdown pages.

`python -m countermark.reporting.rule_page FOLDER` writes the pages of all rules in both languages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from countermark.reporting.terminal.text import clause_of
from countermark.rules.rule import TEXT_PARTS
from countermark.support.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from countermark.rules.rule import ExampleDocument, Rule

_SECTIONS = ("what", "why", "bad", "good", "fix", "clause", "since")
_WITH_TITLE = ("severity", "message", "scope", "when", "test")
_CODE = frozenset(("scope", "when", "test", "good", "bad"))


def texts_of(rule: Rule, lang: str) -> dict[str, str]:
    """Return a rule's `title`, `why`, `message` and `fix`, not filled."""
    return {part: rule.text(lang, part) for part in TEXT_PARTS}


def facts(rule: Rule, lang: str) -> dict[str, tuple[str, ...]]:
    """Return all that is to be known of a rule, by the key of its label in `ui.labels`.

    What it does not have is left out.
    """
    found = {
        "severity": tuple(_severities(rule, lang)),
        "why": (rule.text(lang, "why"),),
        "message": (rule.text(lang, "message"),),
        "fix": (rule.text(lang, "fix"),),
        "clause": tuple(_clauses(rule, lang)),
        "in_force": (period(rule.from_, rule.until, lang),),
        "since": (rule.since,),
        "scope": (rule.scope.value,),
        "when": ("" if rule.when == "true" else rule.when,),
        "test": (rule.test,),
        "good": tuple(example_text(example) for example in rule.good),
        "bad": tuple(example_text(example) for example in rule.bad),
    }
    return {key: said for key, said in found.items() if any(said)}


def _severities(rule: Rule, lang: str) -> Iterator[str]:
    """Yield the rule's severity, and the others that it has by what it sees."""
    yield text(lang, f"ui.severities.{rule.severity.value}")
    for severity, expression in rule.severity_when.by_severity().items():
        word = text(lang, f"ui.severities.{severity.value}")
        yield text(lang, "ui.severity_when", {"severity": word, "when": expression})


def _clauses(rule: Rule, lang: str) -> Iterator[str]:
    """Yield what the rule rests on, and what it does for documents of earlier days."""
    yield clause_of(rule.source.source(lang), lang)
    for earlier in reversed(rule.earlier):
        days = text(lang, "ui.period.until", {"last": earlier.until})
        yield text(lang, "ui.earlier", {"period": days, "clause": clause_of(earlier.source(lang), lang)})
    for country, basis in rule.national.by_country().items():
        clause = clause_of(basis.source(lang), lang)
        yield text(lang, "ui.national", {"country": text(lang, f"countries.{country}"), "clause": clause})


def period(first: date | None, last: date | None, lang: str) -> str:
    """Return from when to when something holds."""
    form = {(True, True): "both", (True, False): "from", (False, True): "until"}.get(
        (first is not None, last is not None), "always"
    )
    return text(lang, f"ui.period.{form}", {"first": first, "last": last})


def example_text(example: str | ExampleDocument) -> str:
    """Return an example as its rule file writes it, without what it leaves open."""
    if isinstance(example, str):
        return example
    return msgspec.json.encode(_stated(msgspec.to_builtins(example))).decode()


def _stated(content: Any) -> Any:
    if isinstance(content, dict):
        return {
            key: _stated(value) for key, value in content.items() if value not in ("", None, [], {}, True)
        }
    return [_stated(part) for part in content] if isinstance(content, list) else content


def rule_page(rule: Rule, lang: str) -> str:
    """Return a rule as a Markdown page."""
    contents = facts(rule, lang)
    parts = [f"# {rule.code} {rule.name}"]
    for section in _SECTIONS:
        if section == "what":
            body = [rule.text(lang, "title"), _list(contents, _WITH_TITLE, lang)]
        elif section == "clause":
            body = ["\n\n".join(contents["clause"]), _list(contents, ("in_force",), lang)]
        else:
            body = [_said(section, contents.get(section, ()))]
        if any(body):
            parts += [f"## {text(lang, f'ui.sections.{section}')}", *body]
    return "\n\n".join(parts) + "\n"


def _list(contents: dict[str, tuple[str, ...]], labels: Sequence[str], lang: str) -> str:
    return "\n".join(
        f"- **{text(lang, f'ui.labels.{label}').strip()}** {_said(label, contents[label])}"
        for label in labels
        if label in contents
    )


def _said(key: str, said: Sequence[str]) -> str:
    """Contents as they stand on a page: examples as a list, what is code as code."""
    shown = [f"`{sentence}`" if key in _CODE else sentence for sentence in said]
    return "\n".join(f"- {sentence}" for sentence in shown) if key in ("good", "bad") else " ".join(shown)


def rule_index(rules: Sequence[Rule], lang: str) -> str:
    """Return the list of all pages in that language, which lie beside it."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.name} |"
        f" {text(lang, f'ui.severities.{rule.severity.value}')} | {rule.text(lang, 'title')} |"
        for rule in rules
    ]
    head = text(lang, "ui.sections.columns")
    return "\n".join((f"# {text(lang, 'ui.sections.index')}", "", head, "|---|---|---|---|", *rows)) + "\n"


def rule_pages(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Yield each page with its path: English ones in the folder itself, others in one of their language."""
    for lang in LANGUAGES:
        folder = "" if lang == LANGUAGES[0] else f"{lang}/"
        yield f"{folder}README.md", rule_index(rules, lang)
        for rule in rules:
            yield f"{folder}{rule.code}.md", rule_page(rule, lang)


def write_pages(folder: Path, rules: Sequence[Rule]) -> None:
    """Write all pages into `folder`, and remove those of rules that are no more."""
    pages = dict(rule_pages(rules))
    for stale in [path for path in folder.rglob("*.md") if path.relative_to(folder).as_posix() not in pages]:
        stale.unlink()
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    from countermark.rules.loader import load_rules
    from countermark.support.yaml_files import data_folder

    write_pages(Path(sys.argv[1]), load_rules(data_folder() / "checks"))
