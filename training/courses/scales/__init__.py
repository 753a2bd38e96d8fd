"""Mark scales: how a school turns points into marks, as dated data."""
