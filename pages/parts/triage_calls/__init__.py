"""What the page Triage calls draws with: the diary of a day or a week, and the calendars behind it."""
