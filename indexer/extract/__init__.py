"""Bytes of a source file → Document, and the sandbox that this happens in.

``document.read_document`` is the way in. Nothing is imported here, so that the parent of the
sandbox (``sandbox.run``) need not load the parsers.
"""
