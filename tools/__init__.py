"""Tools of those who work on the project; nothing the program itself needs."""
