"""Stories of people before the product: real browsers, real processes, a database for each."""
