"""Bytes of a submitted file → cells, read in a child process that can only cost one answer."""
