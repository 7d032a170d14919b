"""Administrative reconsideration (行政复议): figures reported until its registers are built."""
