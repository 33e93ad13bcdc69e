"""Days and times of day in the forms in which clients write them: read whole, or not at all."""

from core.feeds.moments.clock import TimeOfDay, clock_time
from core.feeds.moments.column import (
    Shown,
    could_be_either,
    day_reader,
    days_in,
    is_date_like,
    is_time_like,
    numbers_are_days,
    shown,
    time_reader,
    times_are_fractions,
    times_are_packed,
)
from core.feeds.moments.day import Moment, Order, is_plain_number, moment
from core.feeds.moments.zones import zone_named

__all__ = [
    "Moment",
    "Order",
    "Shown",
    "TimeOfDay",
    "clock_time",
    "could_be_either",
    "day_reader",
    "days_in",
    "is_date_like",
    "is_plain_number",
    "is_time_like",
    "moment",
    "numbers_are_days",
    "shown",
    "time_reader",
    "times_are_fractions",
    "times_are_packed",
    "zone_named",
]
