"""The screens of figures: those of a year, by month and by unit, one figure with what stands behind it, the catalogue."""
