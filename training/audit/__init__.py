"""The audit trail: what happened, append-only, chained by hashes, without anybody's words or data."""
