"""Reads a folder of Japanese Markdown notes into sections, passages and words."""
