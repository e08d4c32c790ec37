"""Lines to markings: normalise, lexicon, tokens, grammar, candidates, scoring."""
