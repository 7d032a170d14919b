"""The ground floor: identifiers, jurisdictions, the database session and the errors everything above speaks in."""
