"""Decides whether quoted sentences answer a question by yes or by no."""
