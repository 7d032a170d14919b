"""The HTTP API, derived from registers: lists, records, acts and figures as JSON, for programs on a person's account."""
