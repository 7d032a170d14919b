"""Staff screens, derived from registers: frame, lists, records, forms, settings. Views receive and give plain data."""
