"""Badges: issued credentials as Open Badges 3.0, signed, with a public status list, and checked by anybody."""
