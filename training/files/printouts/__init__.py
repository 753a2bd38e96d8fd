"""Documents that one person had made to be printed, and keeps for a day."""
