"""Public legal services (公共法律服务): figures reported until its registers are built."""
