"""The sample MCO: public accident reports arriving at a made-up MCO, always today."""

from core.sample.loading import catch_up, load
from core.sample.people import PASSWORD, SIGN_INS

__all__ = ["PASSWORD", "SIGN_INS", "catch_up", "load"]
