"""Who may enter, and what administrators do."""
