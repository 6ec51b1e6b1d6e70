"""Chooses what of the found sections is quoted, by what is asked."""
