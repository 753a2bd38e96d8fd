"""Consents that a guardian signed on paper, brought back in as a scan."""
