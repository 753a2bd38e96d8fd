"""Modules: what a draft of a programme teaches, as a tree with hours, outcomes and skills."""
