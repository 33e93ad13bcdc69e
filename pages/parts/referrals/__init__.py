"""Referrals on pages: what became of them in words, and the forms by which they are made and go on."""
