"""Materials: the files and links that a cohort is given to learn a module with."""
