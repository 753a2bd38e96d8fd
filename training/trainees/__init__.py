"""Trainees: who they are, who may see them, what they can do, where they are."""
