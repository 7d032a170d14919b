"""The bureau's own staff and party work (队伍建设): figures reported until its registers are built."""
