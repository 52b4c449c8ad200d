"""Everything a survey is counted from.

In: the folders and files. Out: [`World`]. It must not count.
"""

import json
import tomllib
from fractions import Fraction
from pathlib import Path

from . import records
from .figures import DIMENSIONS
from .records import NA, Instrument, semester


class World:
    def __init__(self, office, edition, scores, shipped, responses, cases):
        inputs = json.loads((Path(edition) / "manifest.json").read_text(encoding="utf-8"))["inputs"]
        settings = tomllib.loads((Path(office) / "tepat.toml").read_text(encoding="utf-8"))
        self.settings = settings.get("ikm", {})
        self.least_n = inputs["settings"]["least_n"]
        self.complete = self.settings.get("partial_forms") == "complete"
        self.period = semester(inputs["period"])
        as_of = records.day(inputs["as_of"])
        folders = [Path(office) / "standards", Path(shipped)]
        standards = records.files(folders, "sop")
        aliases = {a: s["service"] for s in standards for a in s.get("aliases", [])}
        self.instruments = [Instrument(data) for data in records.files(folders, "ikm")]
        self.instrument = self.held_by(self.period)
        own = self.settings.get("internal", [])
        by_code = {i.code: i for i in self.instruments}
        self.internal = [by_code[code] for code in own if by_code[code].holds(self.period.first)]
        channels = {row["case_id"]: row.get("channel", "") for row in records.rows(cases)}
        self.cases = records.scored(scores, standards, channels)
        self.judged = [c for c in self.cases.values() if c.verdict in ("on_time", "late")]
        self.recipients = [c for c in self.cases.values() if c.handed_over and c.handed_over in self.period]
        # What is known on the day of as_of.
        self.all_forms = [f for f in records.forms(responses, aliases) if f.day <= as_of]
        self.forms = [f for f in self.all_forms if f.day in self.period]
        self.services = sorted({f.service for f in self.forms} | {c.service for c in self.recipients})
        self.dimensions = {d: self._values(d, known) for d, known in DIMENSIONS.items()}
        self.dimensions["age"] = self._values("age", self._bands())
        channels = {self.value(f, "channel") for f in self.forms} | {c.channel for c in self.recipients}
        self.dimensions["channel"] = sorted(channels - {NA}) + [NA]

    def held_by(self, period):
        """The instrument of a period: the one the settings name, else the ministry's on its first day."""
        for survey in self.settings.get("survey", []):
            if survey["period"] == period.name:
                return next(i for i in self.instruments if i.code == survey["instrument"])
        held = [i for i in self.instruments if not i.office and i.holds(period.first)]
        return held[0] if held else None

    def same_instrument(self, instrument, period):
        if instrument.office:
            return instrument.holds(period.first)
        held = self.held_by(period)
        return held is not None and held.code == instrument.code

    def published(self, period, instrument):
        for archived in self.settings.get("archive", []):
            if (archived["period"], archived["instrument"]) == (period.name, instrument.code):
                return Fraction(archived["value"].replace(",", "."))
        return None

    def pattern(self, form, instrument):
        return tuple(form.answers.get(code, 0) for code in instrument.codes)

    def _bands(self):
        lowest = self.settings.get("age_bands", [20, 30, 40, 50, 60])
        between = [f"{a}-{b - 1}" for a, b in zip(lowest, lowest[1:])]
        return [f"<{lowest[0]}", *between, f"{lowest[-1]}+"]

    def _values(self, dimension, known):
        seen = {self.value(f, dimension) for f in self.forms}
        return known + sorted(seen - set(known) - {NA}) + [NA]

    def value(self, form, dimension):
        """The value of a form in a dimension, `NA` where nothing is recorded."""
        if dimension == "channel":
            return self.cases[form.case].channel if form.case in self.cases else NA
        if dimension != "age":
            return form.person[dimension] or NA
        age = form.person["age"]
        if not age or not 0 <= int(age) <= 120:
            return NA
        lowest = self.settings.get("age_bands", [20, 30, 40, 50, 60])
        return self._bands()[sum(int(age) >= from_ for from_ in lowest)]
