"""What the page Live intake alone draws with: the calls that could not wait."""
