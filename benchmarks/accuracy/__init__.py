"""How well markings are found and read: a generator with known truth, a prose set without markings,
two baselines, and the score. Run by `make accuracy`."""
