"""Notices: who is told what, in the product and by mail, as rows of the transaction in which it happened."""
