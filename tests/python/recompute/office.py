"""The office as a whole: headline, flow, days used, ageing, sensitivity (rules, section 5).

In: the cases as the score judges them, under each reading. Out: figures. It must not judge.
"""

import math
from collections import Counter

from .calendar import day_of
from .periods import Period, semester_before
from .records import in_days, day
from .table import Z, newcombe, quantile

UNRECORDED = "(tidak tercatat)"
DUE = ("on_time", "late", "overdue", "withdrawn_late")


def due(cases, period, as_of):
    """Cases due in the period, as (case, verdict); an undecided one whose day is not over is still pending."""
    for c in cases:
        if c.deadline in period and c.verdict in DUE:
            yield c, c.verdict
        elif c.deadline in period and c.verdict == "running":
            yield c, "overdue" if c.deadline < day_of(as_of) else "pending"


def due_share(cases, period, as_of):
    verdicts = Counter(v for _, v in due(cases, period, as_of))
    return verdicts["on_time"], sum(verdicts[v] for v in DUE)


def decided(cases, period):
    return [c for c in cases if c.is_decided and day(c.decided) in period]


def decided_share(cases, period):
    verdicts = Counter(c.verdict for c in decided(cases, period))
    return verdicts["on_time"], verdicts["on_time"] + verdicts["late"]


def used(c):
    """Days a case took: working days count H as the first."""
    return c.offset + (c.standard.limit[1] == "working_days")


def days_used(cases, period, unit):
    return [used(c) for c in decided(cases, period)
            if c.verdict in ("on_time", "late") and c.standard.limit[1] == unit]


def open_at(cases, start_of_day):
    """Received before that day begins, and neither decided nor withdrawn before it."""
    return [c for c in cases if c.received is not None and day_of(c.received) < start_of_day
            and (c.ended is None or day_of(c.ended) >= start_of_day)]


def write(t, world):
    office = Office(t, world)
    for name in world.semesters + world.months:
        office.headline(name)
    for name in world.trend:
        if name not in world.months:
            t.share("on_time.due", name, {}, due_share(world.cases, Period(name), world.as_of), interval=False)
    office.groups()
    office.changes()
    office.readings()
    office.kaplan_meier_interval()
    office.spread()
    office.stock()


class Office:
    def __init__(self, t, world):
        self.t, self.world, self.cases, self.as_of = t, world, world.cases, world.as_of
        self.name, self.period = world.period.name, world.period

    def headline(self, name):
        t, cases, p = self.t, self.cases, Period(name)
        t.share("on_time.due", name, {}, due_share(cases, p, self.as_of))
        t.share("on_time.decided", name, {}, decided_share(cases, p))
        verdicts = Counter(v for _, v in due(cases, p, self.as_of))
        t.count("due.count", name, {}, sum(verdicts[v] for v in DUE))
        for v in (*DUE, "pending"):
            t.count(f"due.{v}", name, {}, verdicts[v])
        self.excluded(name, p)
        self.flow(name, p)
        for unit in ("working_days", "calendar_days"):
            days = days_used(cases, p, unit)
            for key, percent in (("median", 50), ("p90", 90), ("p95", 95)):
                t.days(f"{unit}.{key}", name, {}, len(days), quantile(days, percent))
        lives, excluded = self.lives(p)
        t.days("working_days.km_median", name, {}, len(lives), kaplan_meier(lives)[0])
        t.count("working_days.km_excluded", name, {}, excluded)

    def excluded(self, name, p):
        ended = Counter(c.verdict for c in decided(self.cases, p))
        for reason in ("not_assessable", "clock_not_started", "no_standard"):
            self.t.count("excluded.decided", name, {"reason": reason}, ended[reason])
        stock = Counter(c.verdict for c in open_at(self.cases, p.end))
        dated = Counter(c.verdict for c in self.cases if c.deadline in p)
        gone = Counter(c.verdict for c in self.cases if c.outcome == "withdrawn" and day(c.ended) in p)
        undated = sum(c.verdict == "withdrawn" and c.deadline is None and day(c.ended) in p for c in self.cases)
        unplaced = Counter(c.verdict for c in self.cases
                           if c.received is None and (c.ended is None or day(c.ended) >= p.first))
        for reason, n in (("withdrawn", dated["withdrawn"] + undated), ("not_assessable", dated["not_assessable"]),
                          ("clock_not_started", stock["clock_not_started"] + unplaced["clock_not_started"]),
                          ("no_standard", stock["no_standard"] + ended["no_standard"] + gone["no_standard"])):
            self.t.count("excluded.due", name, {"reason": reason}, n)

    def flow(self, name, p):
        t, cases = self.t, self.cases
        opening, closing = len(open_at(cases, p.first)), len(open_at(cases, p.end))
        ended = decided(cases, p)
        rejected = sum(c.outcome == "rejected" for c in ended)
        withdrawn = sum(c.outcome == "withdrawn" and day(c.ended) in p for c in cases)
        received = sum(day(c.received) in p for c in cases)
        before = self.world.published_closing if name == self.name else None
        before = opening if before is None else before
        for key, n in (("opening", opening), ("received", received), ("decided", len(ended)),
                       ("issued", len(ended) - rejected), ("rejected", rejected), ("withdrawn", withdrawn),
                       ("closing", closing), ("unplaced", sum(c.received is None for c in cases)),
                       ("previous_closing", before)):
            t.count(f"flow.{key}", name, {}, n)
        t.days("flow.restated", name, {}, opening, opening - before)

    def lives(self, p):
        """Days and whether decided, of the cases received in the period; and how many have no such life."""
        received = [c for c in self.cases if day(c.received) in p]
        lives = [(self.offset(c) + 1, c.is_decided) for c in received
                 if c.standard and c.standard.limit[1] == "working_days" and c.h is not None
                 and c.verdict not in ("clock_not_started", "not_assessable")]
        return lives, len(received) - len(lives)

    def offset(self, c):
        """As the score has it; of a withdrawn case, which the score leaves empty, the days until then."""
        if c.outcome != "withdrawn":
            return c.offset
        clock = self.world.clock(c)
        return clock.offset(clock.main, c.standard.limit[1], c.ended)

    def groups(self):
        for key in ("service", "region", "channel"):
            values = {}
            for c in self.cases:
                value = c.standard.service if key == "service" and c.standard else getattr(c, key)
                values.setdefault(value or UNRECORDED, []).append(c)
            if set(values) == {UNRECORDED}:
                continue
            for value, cases in values.items():
                self.group({key: value}, cases)

    def group(self, group, cases):
        t, name, p = self.t, self.name, self.period
        on_due, on_decided = due_share(cases, p, self.as_of), decided_share(cases, p)
        ended, received = len(decided(cases, p)), sum(day(c.received) in p for c in cases)
        closing = len(open_at(cases, p.end))
        if not (on_due[1] or on_decided[1] or received or closing):
            return
        t.share("on_time.due", name, group, on_due)
        t.share("on_time.decided", name, group, on_decided)
        for key, n in (("received", received), ("decided", ended), ("closing", closing)):
            t.count(f"flow.{key}", name, group, n)
        if "service" in group and any(c.standard and c.standard.limit[1] == "working_days" for c in cases):
            days = days_used(cases, p, "working_days")
            t.days("working_days.median", name, group, len(days), quantile(days, 50))
            t.days("working_days.p90", name, group, len(days), quantile(days, 90))

    def changes(self):
        now = due_share(self.cases, self.period, self.as_of)
        for versus, back in (("previous", 1), ("last_year", 2)):
            then = due_share(self.cases, Period(semester_before(self.name, back)), self.as_of)
            group = {"versus": versus}
            self.t.change("on_time.due.change", self.name, group, now, then)
            known = min(now[1], then[1]) >= self.t.least_n
            bounds = newcombe(now, then) if known else (None, None)
            for side, bound in zip(("low", "high"), bounds):
                self.t.points(f"on_time.due.change.{side}", self.name, group, now[1], bound)

    def readings(self):
        """The headline under each reading of the rules."""
        own = due_share(self.cases, self.period, self.as_of)
        doubtful = self.world.doubtful
        readings = {**self.world.readings, "own": self.cases,
                    "without_findings": [c for c in self.cases if c.id not in doubtful]}
        for rule, cases in readings.items():
            of_due = due_share(cases, self.period, self.as_of)
            of_decided = decided_share(cases, self.period)
            group = {"rule": rule}
            self.t.share("sensitivity.due", self.name, group, of_due)
            self.t.share("sensitivity.decided", self.name, group, of_decided)
            self.t.change("sensitivity.due.change", self.name, group, of_due, own)
            days = days_used(cases, self.period, "working_days")
            self.t.days("sensitivity.days_median", self.name, group, len(days), quantile(days, 50))
            if rule in ("exclude", "include", "restart"):
                self.t.share("on_time.due", self.name, {"pause": rule}, of_due)
                self.t.share("on_time.decided", self.name, {"pause": rule}, of_decided)

    def kaplan_meier_interval(self):
        lives, _ = self.lives(self.period)
        _, low, high = kaplan_meier(lives)
        self.t.days("working_days.km_median.low", self.name, {}, len(lives), low)
        self.t.days("working_days.km_median.high", self.name, {}, len(lives), high)

    def spread(self):
        judged = [c for c in decided(self.cases, self.period) if c.verdict in ("on_time", "late") and in_days(c)]
        for days, n in Counter(c.offset - c.limit for c in judged).items():
            self.t.count("limit_margin.count", self.name, {"days": str(days)}, n)
        for (service, days), n in Counter((c.standard.service, used(c)) for c in judged).items():
            self.t.count("days_used.count", self.name, {"service": service, "days": str(days)}, n)

    def stock(self):
        t, name = self.t, self.name
        undecided = [c for c in self.cases if c.verdict in ("running", "overdue", "clock_not_started")]
        count = Counter(c.verdict for c in undecided)
        for key, verdict in (("overdue", "overdue"), ("not_started", "clock_not_started")):
            t.count(f"open.{key}", name, {}, count[verdict])
        at_risk = [c for c in undecided if c.verdict == "running" and c.limit - c.offset <= self.world.at_risk_days]
        t.count("open.at_risk", name, {}, len(at_risk))
        paused = [c for c in undecided if any(not ended for _, _, ended in self.world.clock(c).applicant)]
        t.count("open.paused", name, {}, len(paused))
        ages = Counter()
        for c in undecided:
            over = c.offset - c.limit if c.verdict == "overdue" else 0
            ages["within" if c.verdict == "running" else "not_started" if c.verdict != "overdue"
                 else "1-5" if over <= 5 else "6-10" if over <= 10 else "11-20" if over <= 20 else "21+"] += 1
        known = day_of(self.as_of) <= self.period.end
        for over in ("within", "1-5", "6-10", "11-20", "21+", "not_started"):
            if known:
                t.count("open.ageing", name, {"over": over}, ages[over])
            else:
                t.put("open.ageing", name, {"over": over}, 0, None, "tidak dapat dinilai")


def kaplan_meier(lives):
    """Median and its 95 % limits, Kaplan and Meier (1958), Brookmeyer and Crowley (1982) on the log-log scale."""
    found = [None, None, None]
    at_risk, s, variance = len(lives), 1.0, 0.0
    exact = [1, 1]
    for time in sorted({d for d, _ in lives}):
        here = [event for d, event in lives if d == time]
        events = sum(here)
        if events:
            exact = [exact[0] * (at_risk - events), exact[1] * at_risk]
            s = exact[0] / exact[1]
            if 0 < s < 1:
                variance += events / (at_risk * (at_risk - events))
                half = Z * math.sqrt(variance) / abs(math.log(s))
                low, high = s ** math.exp(half), s ** math.exp(-half)
            else:
                low = high = s
            for i, reached in enumerate((2 * exact[0] <= exact[1], low <= 0.5, high <= 0.5)):
                if reached and found[i] is None:
                    found[i] = time
        at_risk -= len(here)
    return found
