"""The page Access log: by what it is asked (filters), and its lines in words, on screen and in a file."""
