"""Units: the bureau, the departments and streets around it, the organisations under them, and how they succeed."""
