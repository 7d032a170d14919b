"""What stands at the addresses of the API."""
