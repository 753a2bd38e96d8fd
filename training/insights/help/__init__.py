"""Help: what each role does here, and the rules of the house."""
