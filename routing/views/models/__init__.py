"""Pages of models that machines learn."""
