"""What a rule may ask of a document, page, marking, portion, label, child or pair."""
