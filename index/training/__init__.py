"""Training the adapter of the bundled model; needs the extra `tenkyo[train]`."""
