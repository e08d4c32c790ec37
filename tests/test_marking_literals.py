"""What countries mark is data below `rules/`: code names a country or a classification for a reason."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline" / "countermark"
WORDS = {"GB", "JP", "UK", "OFFICIAL", "SENSITIVE", "-SENSITIVE", "OFFICIAL-SENSITIVE"}
REASONS = {
    "cli/options.py": "what users type as a country",
    "model/marking.py": "what the published field `sensitive` says",
    "recognition/evidence.py": "letters without capitals: the language of a word",
    "rules/facts/document_facts.py": "whether a document is marked in Japanese: a language",
    "rules/facts/statement_facts.py": "機密性 grades stand beside Japanese classifications",
    "rules/rule.py": "the keys of a rule's file",
    "standards/agreement.py": "the parties, which its table has a column of each",
    "standards/country_codes.py": "the codes of the parties as people write them",
    "standards/standard.py": "the common scale of grades",
    "standards/standard_validation.py": "the columns of the Agreement's table",
}


def test_code_names_a_country_or_a_classification_for_a_reason() -> None:
    naming = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in WORDS
    }
    assert naming == REASONS.keys()
