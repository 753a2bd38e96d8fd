"""When Python looks for garbage."""

import gc


def spare() -> None:
    """What is loaded by now is never looked through again, and what comes less often: a page or a row makes thousands of objects and keeps none."""
    gc.freeze()
    gc.set_threshold(10_000)
