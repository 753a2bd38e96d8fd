"""Letters by which people from a school's roster take over the record that the school began for them."""
