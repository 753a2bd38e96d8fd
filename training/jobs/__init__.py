"""Background work: rows of the transaction that asks for it, leased, retried, never lost, never doubled."""
