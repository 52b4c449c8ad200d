"""Findings on the data: what each check counts (rules, section 6), worked out from the office's own rows.

In: the office's cases and steps as they stood at `as_of`, and the executions of the score. Out: counts by check and level, and
the cases in doubt. Only checks that concern rows as a demo or an office may have them; a check that is not here and published is a
difference.
"""

from collections import Counter, defaultdict

from .calendar import DAY, day_of, instant
from .office import due, open_at
from .paths import duties_joined, missing, out_of_order, returned
from .records import day, rows

LEVELS = {
    "info": ("outside_service_hours", "returned_twice", "calendar_provisional"),
    "error": ("decided_before_clock", "instant_after_extract", "unknown_service", "step_without_case",
              "completed_before_started", "closing_time_missing", "issued_but_closed"),
    "blocking": ("duplicate_case", "decided_before_received"),
}
REGULAR = 20


def level_of(check):
    return next((level for level, checks in LEVELS.items() if check in checks), "warning")


class Findings:
    """(check, case, level) of every finding; the case is None where it is on none."""

    def __init__(self, world):
        self.world = world
        self.found = []
        self.cases = {c.id: c for c in world.cases}
        self.raw_cases = self._seen_cases()
        self.raw = self._seen_steps()
        self._rows()
        self._regular()
        self._orphans()
        for case in world.cases:
            if case.standard:
                self._case(case)
            else:
                self.add("unknown_service", case.id)
        self._years()

    def add(self, check, case, level=None):
        self.found.append((check, case, level or level_of(check)))

    def _known(self, text):
        t = instant(text)
        return t if t is not None and t <= self.world.as_of else None

    def _seen_cases(self):
        later, seen = set(), {}
        for row in rows(self.world.office / "data" / "cases.csv"):
            if row["received_at"] and self._known(row["received_at"]) is None:
                later.add(row["case_id"])
                continue
            seen[row["case_id"]] = row
            self._after_extract(row["case_id"], row["received_at"], row["closed_at"])
        self.later = later
        return seen

    def _after_extract(self, case, *instants):
        for t in map(instant, instants):
            if t is not None and t > self.world.extracted:
                self.add("instant_after_extract", case)

    def _seen_steps(self):
        """Without those of cases received after `as_of`, and without rows of which nothing is left."""
        seen = []
        for r in rows(self.world.office / "data" / "steps.csv"):
            if r["case_id"] in self.later:
                continue
            self._after_extract(r["case_id"], r["started_at"], r["completed_at"])
            started, completed = self._known(r["started_at"]), self._known(r["completed_at"])
            if (r["started_at"] or r["completed_at"]) and started is None and completed is None:
                continue
            seen.append((r["case_id"], int(r["step"]), r["officer"] or None, started, completed, r["result"]))
        return seen

    def _rows(self):
        for row, n in Counter(self.raw).items():
            case = row[0]
            for _ in range(n - 1 if case in self.cases else 0):
                self.add("duplicate_row", case)
        for case, _, officer, started, completed, _ in self.raw:
            outcome = self.raw_cases[case]["outcome"] if case in self.raw_cases else "open"
            if outcome != "open" and self._known(self.raw_cases[case]["closed_at"]) is None:
                outcome = "open" if self.raw_cases[case]["closed_at"] else outcome
            if officer is None:
                self.add("missing_officer", case)
            if started is not None and completed is not None and completed < started:
                self.add("completed_before_started", case)
            elif started is None or completed is None and outcome != "open":
                self.add("missing_timestamps", case)

    def _regular(self):
        at = defaultdict(set)
        for case, _, _, started, completed, _ in self.raw:
            for t in (started, completed):
                if t is not None:
                    at[t].add(case)
        for t, cases in at.items():
            if t % DAY and len(cases) >= REGULAR:
                self.add("typed_afterwards", None)

    def _orphans(self):
        with_steps = {r[0] for r in self.raw}
        for case in with_steps - self.raw_cases.keys():
            self.add("step_without_case", case)
        for case in self.raw_cases.keys() - with_steps:
            self.add("case_without_steps", case)
        for case, row in self.raw_cases.items():
            if not row["received_at"]:
                self.add("missing_timestamps", case)

    def _case(self, c):
        clock = self.world.clock(c)
        self._clocks(c, clock)
        decided = c.is_decided
        if decided and missing(c):
            self.add("mandatory_step_missing", c.id, "info" if c.outcome == "rejected" else None)
        for _ in out_of_order(c):
            self.add("out_of_order", c.id)
        if len(returned(c)) > 1:
            self.add("returned_twice", c.id)
        for a, b in duties_joined(c):
            both = {e.officer for e in c.of(a) if e.officer} & {e.officer for e in c.of(b)}
            for _ in both:
                self.add("duties_joined", c.id)
        done = [e for e in c.of(c.standard.decides) if e.completed is not None]
        if c.outcome in ("rejected", "withdrawn") and done:
            self.add("issued_but_closed", c.id)
        if c.outcome not in ("rejected", "withdrawn") and len(done) > 1:
            self.add("reissued", c.id)
        if c.outcome == "open" and done:
            self.add("open_but_decided", c.id)
        if c.verdict == "not_assessable":
            self.add("decided_before_clock", c.id)
        for e in c.steps:
            self._execution(c, e)

    def _clocks(self, c, clock):
        started = any(e.completed is not None for e in c.of(c.standard.start))
        if not started and clock.registration is not None:
            self.add("clock_from_receipt", c.id)
        rule = c.standard.recommendation
        if not rule or not c.recommended:
            return
        handed = min((e.completed for e in c.of(rule["handed_over"]) if e.completed is not None), default=None)
        taken = [e for e in c.of(rule["received"]) if e.begin is not None]
        if handed is None:
            if not taken and c.is_decided and clock.registration is not None:
                self.add("recommendation_unrecorded", c.id)
            return
        starts = [e.started for e in taken if e.started is not None]
        if taken and not starts:
            return
        begun = min(starts) if taken else c.ended if c.ended is not None else self.world.as_of
        hours = c.standard.hours
        if hours.idx(hours.workday(day_of(begun))) - hours.idx(hours.workday(day_of(handed))) >= 2:
            self.add("recommendation_lying", c.id)

    def _execution(self, c, e):
        step = c.standard.steps.get(e.step)
        if step is None:
            self.add("unknown_step", c.id)
            return
        if e.day == "before_clock" and e.step > c.standard.start:
            self.add("before_clock", c.id)
        if e.in_order and e.completed > e.started and c.standard.hours.seconds(e.started, e.completed) == 0:
            self.add("outside_hours_entirely", c.id)
        instants = [t for t in (e.started, e.completed) if t is not None]
        if step.holder == "office" and not all(self._in_service(c, t) for t in instants):
            self.add("outside_service_hours", c.id)
        if e.step == (c.standard.pause_step or {}).get("step"):
            self._pause(c, e)

    @staticmethod
    def _in_service(c, t):
        hours = c.standard.hours.hours(day_of(t))
        return hours is not None and hours[0] <= t % DAY <= hours[1]

    def _pause(self, c, e):
        if e.begin is None or e.started is not None and e.completed is not None and e.completed < e.started:
            self.add("pause_unusable", c.id)
        elif e.started is None and not any(
            x.completed is not None and x.completed <= e.completed for x in c.of(c.standard.pause_step["returned_by"])
        ):
            self.add("pause_without_start", c.id)

    def _years(self):
        first, last = self.world.years
        for year in range(first, last + 1):
            if self.world.holidays.statuses.get(year) == "provisional":
                self.add("calendar_provisional", None)

    def doubtful(self):
        return {case for _, case, level in self.found if level != "info"}


def listed(world):
    """The cases received, decided, due or open at any time in the period."""
    p = world.period
    ids = {c.id for c in open_at(world.cases, p.first)} | {c.id for c, _ in due(world.cases, p, world.as_of)}
    ids |= {c.id for c in world.cases if c.deadline in p and c.verdict in ("withdrawn", "not_assessable")}
    ids |= {c.id for c in world.cases if day(c.received) in p or day(c.ended) in p}
    return ids | {c.id for c in world.cases if c.received is None and (c.ended is None or day_of(c.ended) >= p.first)}


def write(t, world):
    name, ids = world.period.name, listed(world)
    known = {c.id for c in world.cases}
    here = [f for f in world.findings.found if f[1] not in known or f[1] in ids]
    for check, n in Counter(check for check, *_ in here).items():
        t.count("findings.count", name, {"check": check}, n)
    levels = Counter(level for *_, level in here)
    for level in ("info", "warning", "error", "blocking"):
        t.count("findings.count", name, {"level": level}, levels[level])
    t.count("findings.elsewhere", name, {}, len(world.findings.found) - len(here))
