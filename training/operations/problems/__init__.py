"""Problems: what people report that does not work, and what the operator answers."""
