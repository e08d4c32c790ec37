"""What tests share: documents built in place, other programs as oracles."""
