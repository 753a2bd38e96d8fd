"""Search: one answer page over everything that the actor may see."""
