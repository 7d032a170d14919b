"""The audit: who changed what, when and on whose account, in a chain that shows when it was tampered with."""
