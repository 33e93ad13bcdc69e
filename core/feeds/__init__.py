"""Clients' claim feeds: read a file, map its columns, plan what becomes of each row, and do exactly that."""
