"""Who does what for which organisation."""
