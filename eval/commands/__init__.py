"""The commands of `tenkyo eval`, one module each."""
