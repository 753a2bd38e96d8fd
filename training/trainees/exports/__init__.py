"""A trainee's own copy of everything that is kept about them."""
