"""Answers questions from indexed notes, with citations."""
