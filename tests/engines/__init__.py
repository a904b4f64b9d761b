"""Every engine against a plain-Python one that is obviously right."""
