"""Working days and service time.

In: standards' weekly hours and the calendar's files. Out: working days, service seconds. Days are ordinals, instants local
seconds since day 0. It must not know cases.
"""

import csv
import datetime as dt
import tomllib
from pathlib import Path

DAY = 86_400
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day_of(instant):
    return instant // DAY


def iso_day(text):
    return dt.date.fromisoformat(text).toordinal()


def instant(text):
    """Local seconds of an ISO instant; the offset is the office's own. None of an empty field."""
    if not text:
        return None
    t = dt.datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0)
    return t.toordinal() * DAY + t.hour * 3600 + t.minute * 60 + t.second


def span(text):
    """Seconds of day of "08.00-19.00"."""
    ends = []
    for end in text.split("-"):
        hour, minute = end.strip().split(".")
        ends.append(int(hour) * 3600 + int(minute) * 60)
    return tuple(ends)


def find(folders, name):
    for folder in folders:
        path = Path(folder) / "calendar" / name
        if path.exists():
            return path
    raise SystemExit(f"no calendar file {name} in {', '.join(map(str, folders))}")



class Holidays:
    """Dated entries of a calendar and of those it extends."""

    def __init__(self, name, folders, joint_leave_works=False):
        self.closed = set()
        self.openings = {}
        self.special = []
        self.joint_leave_works = joint_leave_works
        self.statuses = {}
        self._read(name, folders)

    def _read(self, name, folders):
        path = find(folders, name + ".toml")
        data = tomllib.loads(path.read_text())
        if "extends" in data:
            self._read(data["extends"], folders)
        for year in data.get("year", []):
            self.statuses[year["year"]] = year["status"]
        rows = list(data.get("holiday", []))
        if "holidays" in data:
            with find(folders, data["holidays"]).open() as file:
                rows += csv.DictReader(file)
        for row in data.get("cancelled", []):
            self.closed.discard(self._day(row["date"]))
        for row in rows:
            if row["kind"] != "cuti_bersama" or not self.joint_leave_works:
                self.closed.add(self._day(row["date"]))
        for row in data.get("closure", []):
            self.closed.add(self._day(row["date"]))
        for row in data.get("opening", []):
            self.openings[self._day(row["date"])] = span(row["hours"])
        self.special += data.get("special_hours", [])

    @staticmethod
    def _day(value):
        return value.toordinal() if isinstance(value, dt.date) else iso_day(value)


class Hours:
    """One weekly timetable on a calendar."""

    def __init__(self, week, holidays, first_year=2022, last_year=2029):
        self.first = dt.date(first_year, 1, 1).toordinal()
        self.last = dt.date(last_year, 12, 31).toordinal()
        self.open = []
        self.index = []
        self.sum = [0]
        working = 0
        for day in range(self.first, self.last + 1):
            hours = self._hours(day, week, holidays)
            self.open.append(hours)
            working += hours is not None
            self.index.append(working)
            self.sum.append(self.sum[-1] + (hours[1] - hours[0] if hours else 0))

    @staticmethod
    def _hours(day, week, holidays):
        if day in holidays.openings:
            return holidays.openings[day]
        if day in holidays.closed:
            return None
        for special in holidays.special:
            if special["from"].toordinal() <= day <= special["to"].toordinal():
                week = special["week"]
        text = week.get(WEEKDAYS[(day - 1) % 7])
        return span(text) if text else None

    def hours(self, day):
        return self.open[day - self.first]

    def is_working(self, day):
        return self.hours(day) is not None

    def idx(self, day):
        """Working days on or before the day."""
        return self.index[day - self.first]

    def workday(self, day):
        while not self.is_working(day):
            day += 1
        return day

    def next_workday(self, day):
        return self.workday(day + 1)

    def roll(self, t):
        """Day 0 of a clock started at `t`."""
        day = day_of(t)
        hours = self.hours(day)
        if hours and t - day * DAY < hours[1]:
            return day
        return self.next_workday(day)

    def _until(self, t):
        day = day_of(t)
        at = day - self.first
        hours = self.open[at]
        inside = min(max(t - day * DAY - hours[0], 0), hours[1] - hours[0]) if hours else 0
        return self.sum[at] + inside

    def seconds(self, a, b):
        """Service seconds from `a` to `b`."""
        return self._until(b) - self._until(a) if b > a else 0
