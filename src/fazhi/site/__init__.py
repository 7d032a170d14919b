"""Puts the parts together: settings, addresses, the list of lines, the commands, the processes."""
