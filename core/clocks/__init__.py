"""
Clocks: when something promised is due, and every interval counted or passed over on the way there.

`deadline` returns the instant together with the steps that led to it; the sentences people read are made from the
same steps. Everything here is pure: instants come in aware, and leave in UTC.
"""

from core.calendars import BusinessWeek
from core.clocks.counting import (
    Clock,
    Correction,
    Deadline,
    Grounds,
    HoursNotSensible,
    Kind,
    NeverDue,
    NoPolicyInForce,
    Pause,
    Policy,
    Step,
    deadline,
    elapsed_so_far,
    policy_counting,
    policy_in_force,
    time_left,
    working_time_left,
)
from core.clocks.soon import SHARE, SOON, soon_below
from core.clocks.standing import Standing, State, standing, until_due
from core.clocks.wording import example, example_of_day, promised, sentence, words

__all__ = [
    "SHARE",
    "SOON",
    "BusinessWeek",
    "Clock",
    "Correction",
    "Deadline",
    "Grounds",
    "HoursNotSensible",
    "Kind",
    "NeverDue",
    "NoPolicyInForce",
    "Pause",
    "Policy",
    "Standing",
    "State",
    "Step",
    "deadline",
    "elapsed_so_far",
    "example",
    "example_of_day",
    "policy_counting",
    "policy_in_force",
    "promised",
    "sentence",
    "soon_below",
    "standing",
    "time_left",
    "until_due",
    "words",
    "working_time_left",
]
