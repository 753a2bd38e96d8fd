"""A person's data as a whole: where they stand, a copy of them, their erasure; table by table, as each table's register says."""
