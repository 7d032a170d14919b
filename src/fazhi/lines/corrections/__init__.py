"""Community corrections and resettlement (社区矫正、安置帮教): figures reported until its registers are built."""
