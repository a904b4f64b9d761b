"""Search engines: each keeps postings and nothing else, behind the protocol of ``base``."""
