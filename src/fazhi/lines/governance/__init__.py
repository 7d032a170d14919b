"""Rule-of-law steering (依法治区统筹): figures reported until its registers are built."""
