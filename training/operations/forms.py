"""Forms of the operator's pages."""

from training.kernel.forms import Form


class ResetForm(Form):
    """One button."""
