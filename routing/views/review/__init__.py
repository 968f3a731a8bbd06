"""Pages of the draft: look at it, publish it now or later, take it back, roll back."""
