"""Exchange: spreadsheets in, as people keep them, and out, so that what is taken out can be edited and brought back."""
