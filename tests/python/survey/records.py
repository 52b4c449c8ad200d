"""Forms, instruments and cases as the checks need them.

In: files. Out: typed records. It must not count.
"""

import csv
import datetime as dt
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

NA = "NA"


@dataclass(frozen=True)
class Period:
    """A month or a semester."""

    name: str
    first: dt.date
    end: dt.date

    def __contains__(self, day):
        return self.first <= day < self.end

    def months(self):
        year, month = self.first.year, self.first.month
        return [of_month(year, month + i) for i in range(6)]

    def back(self, count):
        year, half = self.first.year, (0 if self.first.month == 1 else 1)
        place = 2 * year + half - count
        return semester(f"{place // 2}-S{place % 2 + 1}")


def of_month(year, month):
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Period(f"{year}-{month:02}", dt.date(year, month, 1), following)


def semester(name):
    year, half = name.split("-S")
    first = dt.date(int(year), 1 if half == "1" else 7, 1)
    end = dt.date(int(year), 7, 1) if half == "1" else dt.date(int(year) + 1, 1, 1)
    return Period(name, first, end)


class Instrument:
    def __init__(self, data):
        self.code = data["code"]
        self.office = data["owner"] == "office"
        self.first = data["valid_from"]
        self.last = data.get("valid_to", dt.date.max)
        # Ascending by code: the order in which answers are compared.
        self.weights = {e["code"]: Fraction(e["weight"]) for e in sorted(data["element"], key=lambda e: e["code"])}
        self.codes = list(self.weights)
        self.fees = [e["code"] for e in data["element"] if e.get("measured") == "fee"]
        self.bands = [(Fraction(b["from"]), Fraction(b["to"]), b["grade"]) for b in data.get("band", [])]

    def holds(self, day):
        return self.first <= day <= self.last


@dataclass
class Form:
    id: str
    day: dt.date
    service: str
    case: str
    # Code to 1-4, or 0 where it was asked and not answered.
    answers: dict
    person: dict


@dataclass
class Case:
    id: str
    service: str
    channel: str
    outcome: str
    decided: dt.date | None
    verdict: str
    handed_over: dt.date | None


def files(folders, kind):
    """Files of a kind of standards by name; those of the office's own folder stand before the shipped ones."""
    found = {}
    for folder in reversed(folders):
        for path in sorted((Path(folder) / kind).glob("*.toml")):
            found[path.name] = tomllib.loads(path.read_text(encoding="utf-8"))
    return list(found.values())


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def forms(path, aliases):
    """The forms; a column in capitals is an element."""
    for row in rows(path):
        answers = {}
        for column, value in row.items():
            if column.isupper():
                answers[column] = int(value) if value in ("1", "2", "3", "4") else 0
        yield Form(
            row["response_id"],
            dt.date.fromisoformat(row["answered_on"]),
            aliases.get(row["service"], row["service"]),
            row.get("case_id", ""),
            answers,
            {key: row.get(key, "").strip() for key in ("sex", "age", "education", "occupation", "hour_band")},
        )


def day(text):
    return dt.datetime.fromisoformat(text).date() if text else None


def scored(scores, standards, channels):
    """Cases of all tables of the score, each once."""
    hands_over = {(s["document"], s["revision"]): s.get("hands_over") for s in standards}
    service_of = {(s["document"], s["revision"]): s["service"] for s in standards}
    aliases = {a: s["service"] for s in standards for a in s.get("aliases", [])}
    completed = {}
    for path in sorted(Path(scores).glob("steps*.csv")):
        for row in rows(path):
            if row["completed_at"]:
                key = (row["case_id"], int(row["step"]))
                completed.setdefault(key, set()).add(dt.datetime.fromisoformat(row["completed_at"]))
    cases = {}
    for path in sorted(Path(scores).glob("cases*.csv")):
        for row in rows(path):
            revision = (row["sop"], row["revision"])
            step = hands_over.get(revision)
            at = min(completed.get((row["case_id"], step), ()), default=None)
            decided = day(row["decided_at"])
            handed = at.date() if at else None
            if handed is None and row["outcome"] in ("issued", "open"):
                handed = decided
            service = service_of.get(revision) or aliases.get(row["service"], row["service"])
            channel = channels.get(row["case_id"], "").strip() or NA
            cases[row["case_id"]] = Case(
                row["case_id"], service, channel, row["outcome"], decided, row["verdict"], handed
            )
    return cases
