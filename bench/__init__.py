"""The promises of speed, measured: ratios between the desk and the barest way of doing the same, side by side."""
