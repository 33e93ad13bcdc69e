"""Pages that say the same to everybody, beside the desk's own pages."""
