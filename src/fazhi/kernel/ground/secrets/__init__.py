"""Secrets: identity numbers, telephones and the like, encrypted at rest, masked wherever they are shown."""
