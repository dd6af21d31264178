"""The demonstration: invented people who talk, remember and meet, so that an empty exchange shows what it is for.

All it says stands in ``data/``, all it decides follows from a date: two fillings for one day are alike to the letter.
"""
