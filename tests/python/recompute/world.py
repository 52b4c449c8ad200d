"""Everything one report is counted from.

In: the folders. Out: [`World`]. It must not count.
"""

import datetime as dt
import json
import tomllib
from functools import cached_property
from pathlib import Path

from . import records
from .calendar import Holidays, day_of, instant
from .clock import Clock
from .findings import Findings
from .passage import rows_of
from .periods import Period, months_until, semester_before
from .records import day

RULES = ("exclude", "include", "restart", "joint_leave")


class World:
    """Scored cases, standards and registers of an office for one semester."""

    def __init__(self, office, edition, scores, shipped, extracted):
        self.office = Path(office)
        manifest = json.loads((Path(edition) / "manifest.json").read_text())["inputs"]
        settings = manifest["settings"]
        self.least_n, self.at_risk_days = settings["least_n"], settings["at_risk_days"]
        self.published_closing = manifest["published_closing"]
        self.as_of = instant(manifest["as_of"])
        self.extracted = instant(extracted)
        self.period = Period(manifest["period"])
        last = max(self.period.end - 1, day_of(self.as_of))
        self.years = tuple(dt.date.fromordinal(d).year for d in (self.period.first, last))
        self.trend = [m for m in months_until(self.period.name, 24) if Period(m).first <= day_of(self.as_of) or Period(m).first in self.period]
        self.months = [m for m in self.trend if Period(m).first in self.period]
        folders = [self.office / "standards", Path(shipped)]
        name = tomllib.loads((self.office / "tepat.toml").read_text())["standards"]["calendar"]
        self.holidays = Holidays(name, folders, settings["joint_leave_works"])
        self.library = records.standards(folders, self.holidays)
        self.cases = self._scored(Path(scores) / "own")
        self.readings = {r: self._scored(Path(scores) / r) for r in RULES}
        self._clocks = {}
        self.semesters = [s for s in (semester_before(self.period.name, n) for n in range(4)) if self._has_cases(Period(s))]

    def _has_cases(self, p):
        return any(day(t) in p for c in self.cases for t in (c.received, c.ended))

    def _scored(self, folder):
        return records.scored(folder, self.library, self.office / "data", self.as_of)

    def clock(self, case):
        if case.id not in self._clocks:
            self._clocks[case.id] = Clock(case, self.as_of)
        return self._clocks[case.id]

    @cached_property
    def work(self):
        """Every execution of cases with a standard."""
        return [r for c in self.cases if c.standard for r in rows_of(self.clock(c))]

    @cached_property
    def findings(self):
        return Findings(self)

    @property
    def doubtful(self):
        """Cases with a finding of more than a note."""
        return self.findings.doubtful()

    @cached_property
    def units(self):
        """Rows of the staff register."""
        return list(records.rows(self.office / "data" / "staff.csv"))
