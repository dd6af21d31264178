"""The Swahili clock: the day's hours are counted from six, so 14:00 is *saa nane mchana*, the eighth hour.

The part of the day follows CLDR (supplemental data, day periods, ``sw``); quarters and halves are said as a speaker
says them: *na robo*, *na nusu*, *kasorobo*.
"""

from datetime import time

ONES = ["", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"]
HOURS = ["kumi na mbili", *ONES[1:], "kumi", "kumi na moja"]
TENS = ["", "kumi", "ishirini"]
PERIODS = [(4, "usiku"), (7, "alfajiri"), (12, "asubuhi"), (16, "mchana"), (19, "jioni"), (24, "usiku")]
"""Each part of the day with the hour that ends it."""

COUNTRIES = {"KE", "TZ"}
ZONES = {"Africa/Nairobi", "Africa/Dar_es_Salaam"}
"""Where people say the time so."""


def swahili_time(at: time) -> str:
    """What a Swahili speaker calls this time: ``saa nane mchana`` for 14:00, ``saa tisa kasorobo mchana`` for 14:45."""
    following = at.minute > 30
    hour = HOURS[(at.hour - 6 + following) % 12]
    words = ["saa", hour, minutes(at.minute), part_of_day(at.hour)]
    return " ".join(word for word in words if word)


def minutes(minute: int) -> str:
    """The minutes past the hour, or after half past those that lack to the next."""
    if minute in {0, 15, 30, 45}:
        return {0: "", 15: "na robo", 30: "na nusu", 45: "kasorobo"}[minute]
    return f"na dakika {number(minute)}" if minute < 30 else f"kasoro dakika {number(60 - minute)}"


def number(value: int) -> str:
    """1 to 29 in words."""
    tens, ones = divmod(value, 10)
    return " na ".join(word for word in (TENS[tens], ONES[ones]) if word)


def part_of_day(hour: int) -> str:
    """The part of the day that an hour of the ordinary clock belongs to."""
    return next(name for end, name in PERIODS if hour < end)
