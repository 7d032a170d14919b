"""Legal risk of investment projects (招商法律风险防控): figures reported until its registers are built."""
