"""Review before publishing: the draft, publishing it now or later, taking things back."""
