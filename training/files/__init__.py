"""Files that people upload or that are made for them: kept outside the static root, sent only by a noun's own page."""
