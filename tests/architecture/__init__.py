"""What holds for the code itself: where things may lie, what may know what, what must be written down."""
