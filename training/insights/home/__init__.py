"""Home: what is waiting for me."""
