"""A book of claims."""

import pytest

from tests.db.guards.book import Book


@pytest.fixture
def book(desk) -> Book:
    return Book(desk)
