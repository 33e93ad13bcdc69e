"""The page First contact: what it is asked (filters, periods), and what it draws (heatmap, figures, weeks)."""
