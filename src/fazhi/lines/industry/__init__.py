"""Management of the legal professions (法律服务行业管理): figures reported until its registers are built."""
