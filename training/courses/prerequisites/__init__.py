"""Prerequisites: what somebody has completed before they begin a version of a programme."""
