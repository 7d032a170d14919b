"""Legal aid (法律援助): figures reported until its registers are built."""
