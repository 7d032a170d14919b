"""Who may do what: accounts, roles, hats (a role worn at a unit), and the actor every write is done by."""
