"""Two records of one person: found, looked at side by side, merged, and given back as they were."""
