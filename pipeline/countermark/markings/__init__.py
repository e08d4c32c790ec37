"""Text to markings: lexicon, prefilter, grammar, context, recognition."""
