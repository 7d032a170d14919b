"""The views of the staff screens, by kind of page."""
