"""Referrals on pages: the open ones as a list, one of them with what it still needs, and the form that makes one."""

from pages.parts.referrals.listing import listed, opened
from pages.parts.referrals.one import of_work, referral
from pages.parts.referrals.refer import refer

__all__ = ["listed", "of_work", "opened", "refer", "referral"]
