"""Intake by telephone: what is told, in the order of the call, beside the claim that it has begun."""

from pages.parts.log_claim.form import FORM, draw

__all__ = ["FORM", "draw"]
