"""Holds what a language model wrote against the lines that it cites."""
