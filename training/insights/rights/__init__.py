"""Rights: who may do what, read from the pages and the rules that the gate itself asks."""
