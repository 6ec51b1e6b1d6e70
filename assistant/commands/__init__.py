"""The commands of `tenkyo`, one module each."""
