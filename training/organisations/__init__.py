"""Schools, employers, authorities and the operator, with their sites and industrial parks."""
