"""Applications: candidates on their way through an employer's stages."""
