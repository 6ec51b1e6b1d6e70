"""Measurements of speed, each printed as a table by `python -m eval.bench.<name>`."""
