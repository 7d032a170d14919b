"""Files: what belongs to a case as paper or picture, checked by content when it comes in, sealed where it lies."""
