"""The page Authorization aging: what it is asked, what is open, how long answers took, and who is slow to answer."""
