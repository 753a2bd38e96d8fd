"""Remarks: what reviewers and invited employers say of a section of a version while it is being made."""
