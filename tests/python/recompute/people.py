"""Officers, roles and agencies (rules, section 5; method page, "Petugas", "Perbandingan petugas", "OPD teknis").

In: the rows of the executions. Out: figures. Verdicts are the score's.
"""

import math
from collections import Counter, defaultdict

from .calendar import DAY, day_of, iso_day
from .office import UNRECORDED
from .passage import was_sent_back
from .periods import Period
from .stages import usable
from .table import quantile

LEAST = 10
MEASURES = ("standard", "window", "minutes")
ARRIVALS = ("on_arrival", "in_queue", "in_hand", "unsplit")
LEVELS = (("95", 0.025), ("99.8", 0.001))


def write(t, world):
    rows = [r for r in world.work if r.holder == "office" and r.counted in world.period]
    groups = defaultdict(list)
    for r in rows:
        officer = r.e.officer or UNRECORDED
        groups[(("officer", officer),)].append(r)
        groups[(("officer", officer), ("step", str(r.e.step)))].append(r)
        groups[(("role", r.role),)].append(r)
    for group, own in groups.items():
        did(t, world.period.name, dict(group), own)
    compared(t, world.period.name, rows, month_of(world))
    agencies(t, world)


def month_of(world):
    months = [Period(m) for m in world.months]
    return lambda row: next(m.name for m in months if row.counted in m)


def did(t, name, group, rows):
    least_n = max(LEAST, t.least_n)
    judged_rows, rows = rows, [r for r in rows if r.day is not None]
    n, role = len(rows), "role_" if "role" in group else ""
    t.count("personnel.overdue", name, group, sum(r.day is None and r.window is not None for r in judged_rows))
    t.count("personnel.executions", name, group, n)
    for key, judged in (("within", [getattr(r, role + "within") for r in judged_rows]),
                        ("within_window", [getattr(r, role + "window") for r in judged_rows]),
                        ("within_minutes", [r.minutes for r in rows])):
        judged = [x for x in judged if x is not None]
        t.share(f"personnel.{key}", name, group, (sum(judged), len(judged)), least_n=least_n)
    by_minutes = [r for r in rows if r.minutes is not None]
    under = sum(r.e.minute == "under" for r in by_minutes)
    t.share("personnel.under", name, group, (under, len(by_minutes)), interval=False, least_n=least_n)
    minutes = [s for s in (usable(r.e) for r in rows) if s is not None]
    if 0 < len(minutes) < least_n:
        t.withheld("personnel.minutes_median", name, group, len(minutes))
    else:
        t.minutes("personnel.minutes_median", name, group, len(minutes), quantile(minutes, 50))
    for arrival in ARRIVALS:
        t.count(f"personnel.late_{arrival}", name, group, sum(r.arrival == arrival for r in rows))
    rework = sum(was_sent_back(r) for r in rows)
    t.count("personnel.rework", name, group, rework)
    t.share("personnel.rework_share", name, group, (rework, n), interval=False, least_n=least_n)
    known = sum(r.work is not None for r in rows)
    t.hours("personnel.held_hours", name, group, known, sum(r.held for r in rows))
    if "role" in group:
        t.hours("personnel.wait_hours", name, group, known, sum(r.wait or 0 for r in rows))


def verdict(row, measure):
    return row.within if measure == "standard" else getattr(row, measure)


def compared(t, name, rows, month):
    officers = sorted({r.e.officer for r in rows if r.e.officer} - {UNRECORDED})
    for measure in MEASURES:
        strata = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        for r in rows:
            met = verdict(r, measure)
            if met is not None:
                cell = strata[(r.e.step, r.case.standard.service, month(r))][r.e.officer or UNRECORDED]
                cell[0] += 1
                cell[1] += not met
        positions = Counter()
        for officer in officers:
            positions[officer_beside(t, name, measure, officer, strata)] += 1
        for position in ("above_99.8", "above_95", "inside", "below_95", "below_99.8", "no_comparison"):
            group = {"measure": measure, "position": position}
            t.count("personnel.position", name, group, positions[position])
        comparable = len(officers) - positions["no_comparison"]
        t.count("personnel.comparable", name, {"measure": measure}, comparable)


def officer_beside(t, name, measure, officer, strata):
    """Writes an officer's comparison; returns where it lies."""
    group = {"officer": officer, "measure": measure}
    alone, shared = 0, []
    for cells in strata.values():
        own, failed = cells.get(officer, (0, 0))
        everybody = sum(n for n, _ in cells.values())
        if own and own == everybody:
            alone += own
        elif own:
            shared.append((everybody, sum(f for _, f in cells.values()), own, failed))
    n = sum(own for _, _, own, _ in shared)
    observed = sum(failed for *_, failed in shared)
    expected = math.fsum(own * failed / everybody for everybody, failed, own, _ in shared)
    varies = any(0 < failed < everybody for everybody, failed, _, _ in shared)
    enough = n >= max(LEAST, t.least_n)
    t.count("personnel.compared", name, group, n)
    t.count("personnel.alone", name, group, alone)
    t.count("personnel.observed", name, group, observed)
    write_limits(t, name, group, n, expected, observed, shared, enough, varies)
    if not enough or not varies:
        return "no_comparison"
    low95, high95, low998, high998 = limits(shared)
    return ("above_99.8" if observed > high998 else "below_99.8" if observed < low998
            else "above_95" if observed > high95 else "below_95" if observed < low95 else "inside")


def write_limits(t, name, group, n, expected, observed, shared, enough, varies):
    found = limits(shared) if enough and varies else [None] * 4
    ratio = observed / expected if enough and varies else None
    keys = [("personnel.limit", {"level": level, "side": side}) for level, _ in LEVELS for side in ("lower", "upper")]
    if 0 < n < max(LEAST, t.least_n):
        for key, more in [("personnel.expected", {}), ("personnel.ratio", {}), *keys]:
            t.withheld(key, name, group | more, n)
        return
    t.decimal("personnel.expected", name, group, n, expected if n else None, 1)
    t.decimal("personnel.ratio", name, group, n, ratio, 2)
    for (key, more), value in zip(keys, found):
        t.days(key, name, group | more, n, value)


def limits(shared):
    """Exact limits of the sum of hypergeometric counts, 95 % and 99.8 %."""
    chances = [1.0]
    for everybody, failed, own, _ in shared:
        if 0 < failed:
            low, high = max(0, own - (everybody - failed)), min(own, failed)
            every = math.comb(everybody, own)
            part = [math.comb(failed, k) * math.comb(everybody - failed, own - k) / every for k in range(low, high + 1)]
            chances = convolved(chances, [0.0] * low + part)
    found = []
    for _, side in LEVELS:
        below = 0.0
        for lower, chance in enumerate(chances):
            below += chance
            if below > side + 1e-12:
                break
        above = 0.0
        for upper in range(len(chances) - 1, -1, -1):
            above += chances[upper]
            if above > side + 1e-12:
                break
        found += [lower, upper]
    return found


def convolved(a, b):
    out = [0.0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def unit_of(world, officer, day):
    """The officer's unit on that day by the staff register, else the officer as recorded."""
    for row in world.units:
        begun = not row["from"] or iso_day(row["from"]) <= day
        if row["officer"] == officer and begun and (not row["until"] or day <= iso_day(row["until"])):
            return row["unit"] or officer
    return officer


def agencies(t, world):
    """Recommendations that came back, and files with an agency, by agency and month."""
    back, out = [], []
    for case in world.cases:
        if case.standard and case.standard.recommendation:
            clock = world.clock(case)
            for start, end, officer in clock.stays:
                back.append((start, end, name_of(world, officer, day_of(end)), case))
            out += waiting(world, case, clock)
    periods = [Period(m) for m in (*world.months, world.period.name)]
    p = world.period
    names = {a for start, end, a, _ in back if day_of(start) < p.end and day_of(end) >= p.first}
    names |= {a for case, start, a in out
              if day_of(start) < p.end and (case.ended is None or day_of(case.ended) >= p.first)}
    for p in periods:
        for agency in (None, *sorted(names)):
            group = {"agency": agency} if agency else {}
            days = [worked(c, a, b) for a, b, x, c in back if day_of(b) in p and agency in (None, x)]
            t.count("agency.count", p.name, group, len(days))
            for key, percent in (("median", 50), ("p90", 90)):
                if agency and 0 < len(days) < max(LEAST, t.least_n):
                    t.withheld(f"agency.days_{key}", p.name, group, len(days))
                else:
                    t.days(f"agency.days_{key}", p.name, group, len(days), quantile(days, percent))
            ages = [worked(c, a, min(p.end * DAY, world.as_of))
                    for c, a, x in still_out(back, out, p) if agency in (None, x)]
            t.count("agency.open", p.name, group, len(ages))
            t.days("agency.open_oldest", p.name, group, len(ages), max(ages, default=None))


def name_of(world, officer, day):
    return unit_of(world, officer, day) if officer else UNRECORDED


def worked(case, a, b):
    hours = case.standard.hours
    return hours.idx(hours.workday(day_of(b))) - hours.idx(hours.workday(day_of(a)))


def waiting(world, case, clock):
    """The last sending after the last handing over, failing that the last start there, that nothing followed."""
    rule = case.standard.recommendation
    there = case.of(rule["handed_over"])
    last = max((e.completed for e in there if e.completed is not None), default=-1)
    begun = [e for e in there if e.completed is None and e.started is not None and e.started > last]
    begun = max(begun, key=lambda e: (e.started, e.number), default=None)
    sent = [e.completed for e in case.of(rule["sent"]) if e.completed is not None and e.completed > last]
    start = max(sent, default=begun and begun.started)
    if start is None or any(e.begin is not None and e.begin > start for e in case.of(rule["received"])):
        return
    yield case, start, name_of(world, begun and begun.officer, day_of(world.as_of))


def still_out(back, out, p):
    for a, b, agency, case in back:
        if day_of(a) < p.end <= day_of(b) and (case.ended is None or day_of(case.ended) >= p.end):
            yield case, a, agency
    for case, a, agency in out:
        if day_of(a) < p.end and (case.ended is None or day_of(case.ended) >= p.end):
            yield case, a, agency
