"""Settings: what the three administrators keep, each seeing only what is theirs."""
