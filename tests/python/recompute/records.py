"""Cases, executions and standards as the checks need them.

In: the tables of `tepat score`, the office's CSV files and TOML files. Out: typed records. Verdicts are those of the score; the
clock, the pauses and the limit dates are worked out anew (see `clock`). It must not count.
"""

import csv
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from .calendar import Hours, day_of, instant, iso_day

DAYS = ("working_days", "calendar_days")


@dataclass
class Step:
    number: int
    actor: str
    holder: str
    duty: str
    clock: str | None
    window: tuple | None


class Standard:
    """One revision of a service standard."""

    def __init__(self, data, holidays):
        self.service = data["service"]
        self.names = [data["service"], *data.get("aliases", [])]
        self.revision = (data["document"], data["revision"])
        self.limit = (data["total"]["limit"], data["total"]["unit"])
        self.start = data["clock"]["start"]
        self.decides = data.get("decides")
        self.pairs = data.get("separate_duties", [])
        self.recommendation = data.get("recommendation")
        self.pause_step = data.get("pause_step")
        self.hours = Hours(data["hours"]["week"], holidays)
        self.steps = {}
        for s in data["step"]:
            window = s.get("window")
            self.steps[s["number"]] = Step(
                s["number"], s["actor"], s["holder"], s["duty"], s.get("clock"),
                (window["limit"], window["unit"]) if window else None,
            )


@dataclass
class Execution:
    step: int
    number: int
    officer: str | None
    started: int | None
    completed: int | None
    clock: str
    offset: int | None
    day: str
    seconds: int | None
    minute: str
    h: int | None = None
    limit: int | None = None

    @property
    def begin(self):
        return self.completed if self.started is None else self.started

    @property
    def in_order(self):
        return None not in (self.started, self.completed) and self.started <= self.completed


@dataclass
class Case:
    id: str
    service: str
    standard: Standard | None
    received: int | None
    outcome: str
    decided: int | None
    h: int | None
    deadline: int | None
    offset: int | None
    limit: int | None
    verdict: str
    over: int | None
    paused_days: int | None
    recommended: bool = False
    closed: int | None = None
    region: str | None = None
    channel: str | None = None
    steps: list = field(default_factory=list)

    def of(self, step):
        return [e for e in self.steps if e.step == step]

    @property
    def is_decided(self):
        return self.outcome != "withdrawn" and self.decided is not None

    @property
    def ended(self):
        """When the case left the office's stock: decided or withdrawn; None while it is open."""
        return self.closed if self.outcome == "withdrawn" else self.decided


def rows(path):
    with Path(path).open(newline="") as file:
        yield from csv.DictReader(file)


def whole(text):
    return int(text) if text else None


def standards(folders, holidays):
    """By (document, revision); a file of the workspace takes the place of a shipped one of the same name."""
    files = {}
    for folder in reversed(folders):
        files.update({p.name: p for p in (Path(folder) / "sop").glob("*.toml")})
    found = [Standard(tomllib.loads(p.read_text()), holidays) for p in files.values()]
    return {s.revision: s for s in found}


def read_case(row, library):
    standard = library.get((row["sop"], row["revision"]))
    return Case(
        row["case_id"], row["service"], standard, instant(row["received_at"]), row["outcome"],
        instant(row["decided_at"]), row["h_date"] and iso_day(row["h_date"]) or None,
        row["deadline"] and iso_day(row["deadline"]) or None, whole(row["offset_days"]),
        whole(row["limit_days"]), row["verdict"], whole(row["days_over"]), whole(row["paused_days"]),
    )


def read_execution(row):
    return Execution(
        int(row["step"]), int(row["execution"]), row["officer"] or None, instant(row["started_at"]),
        instant(row["completed_at"]), row["clock"], whole(row["offset_days"]), row["day_verdict"],
        whole(row["service_seconds"]), row["minute_verdict"],
        row["h_date"] and iso_day(row["h_date"]) or None, whole(row["limit_days"]),
    )


def scored(folder, library, office=None, as_of=None):
    """The cases of every `cases-*.csv` and `steps-*.csv` in the folder, each once."""
    cases = {}
    for path in sorted(Path(folder).glob("cases-*.csv")):
        own = {r["case_id"]: read_case(r, library) for r in rows(path)}
        for row in rows(path.with_name(path.name.replace("cases", "steps", 1))):
            own[row["case_id"]].steps.append(read_execution(row))
        cases.update({k: c for k, c in own.items() if k not in cases})
    for row in rows(Path(office) / "cases.csv") if office else ():
        case = cases.get(row["case_id"])
        if case:
            case.recommended = row["requires_recommendation"] == "true"
            case.region, case.channel = row["region"] or None, row["channel"] or None
            closed = instant(row["closed_at"])
            case.closed = closed if closed is not None and closed <= as_of else None
    return [cases[k] for k in sorted(cases)]


def in_days(case):
    return case.standard is not None and case.standard.limit[1] in DAYS


def day(t):
    return None if t is None else day_of(t)
