"""People's and commercial mediation (人民调解、商事调解)."""
