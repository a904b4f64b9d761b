"""A fictional archive: marked sources, and the protokoll rendered from them."""
