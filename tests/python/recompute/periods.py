"""Months and semesters by name.

In: a name. Out: first day, the day after the last, neighbours. It must not know cases.
"""

import datetime as dt


class Period:
    def __init__(self, name):
        self.name = name
        year, part = name.split("-")
        year = int(year)
        if part.startswith("S"):
            month, length = (1, 6) if part == "S1" else (7, 6)
        else:
            month, length = int(part), 1
        self.first = dt.date(year, month, 1).toordinal()
        last = month + length - 1
        self.end = dt.date(year + last // 12, last % 12 + 1, 1).toordinal()

    def __contains__(self, day):
        return day is not None and self.first <= day < self.end


def months_until(name, count):
    """The last `count` months up to the end of the semester, oldest first."""
    last = dt.date.fromordinal(Period(name).end - 1)
    at = last.year * 12 + last.month - 1
    return [f"{m // 12}-{m % 12 + 1:02}" for m in range(at - count + 1, at + 1)]


def semester_before(name, count):
    year, part = name.split("-S")
    at = int(year) * 2 + int(part) - 1 - count
    return f"{at // 2}-S{at % 2 + 1}"
