"""Making the law known (普法依法治理): figures reported until its registers are built."""
