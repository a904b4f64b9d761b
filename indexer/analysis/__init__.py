"""Swedish: from text to terms with spans, the same for what is indexed and what is asked."""
