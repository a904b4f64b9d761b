"""From source files to an archive of protokoll (and, later, a search index)."""
