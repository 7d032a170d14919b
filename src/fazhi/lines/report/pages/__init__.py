"""The screens of reports: the report itself with its proof, writing it, beginning one, its files, and what units owe."""
