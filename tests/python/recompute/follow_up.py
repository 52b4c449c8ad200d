"""What the report proposes to look into, and what became of the findings followed up (method page, "Tindak lanjut").

In: the figures recomputed so far and the office's register. Out: three counts. Must be written last.
"""

from .calendar import day_of, iso_day
from .periods import Period, semester_before
from .records import rows

FOLLOWED = 3
LEAST_LOST = 10.0
RUN = 8


def write(t, world):
    name = world.period.name
    first = Period(semester_before(name, FOLLOWED)).first
    before = [r for r in rows(world.office / "data" / "followups.csv")
              if first <= Period(r["period"]).first and Period(r["period"]).end <= world.period.first]
    done = sum(bool(r["done_on"]) and iso_day(r["done_on"]) <= day_of(world.as_of) for r in before)
    for state, n in (("proposed", proposed(t, world)), ("done", done), ("open", len(before) - done)):
        t.count("follow_up.count", name, {"state": state}, n)


def proposed(t, world):
    """One for the promise, each step with a tenth of the lost days or a signal of more time, the slowest agency, each kind of
    deviation, files returned more than once, and each comparison beyond its upper 99.8 % limit."""
    name = world.period.name

    def value(indicator, group):
        return t.rows.get((indicator, name, tuple(sorted(group.items()))), (0,) * 5)[3]

    def of(indicator):
        return [(dict(k[2]), row) for k, row in t.rows.items() if k[:2] == (indicator, name)]

    share = value("on_time.due", {})
    n = share is not None and share < 100
    late = t.rows[("lost_days.total", name, ())][0] >= max(1, t.least_n)
    n += late and sum(row[3] >= LEAST_LOST and g["step"].isdigit() for g, row in of("lost_days.share") if row[3] is not None)
    n += sum(signal(t, world, step) for step in {s for x in world.library.values() for s in x.steps})
    units = {row["unit"] for row in world.units if row["unit"]}
    n += sum(row[3] is not None and g.get("agency") in units for g, row in of("agency.days_median")) > 1
    n += sum(row[3] is not None and row[1] > 0 for g, row in of("conformance.share")
             if g["check"] in ("mandatory_step_missing", "out_of_order", "duties_joined"))
    n += value("returns.repeated", {"state": "decided"}) > 0
    return n + sum(row[0] for g, row in of("personnel.position") if g == {"position": "above_99.8", "measure": "standard"})


def signal(t, world, step):
    """Whether the XmR chart of the time through a step has a signal of more time in a month of the period."""
    values = []
    for month in world.trend:
        row = t.rows.get(("stage.passage_median", month, (("step", str(step)),)), (0, None, None, None))
        values.append((month, row[3] if row[0] >= max(1, t.least_n) else None))
    present = [x for _, x in values if x is not None]
    ranges = [abs(b - a) for (_, a), (_, b) in zip(values, values[1:]) if None not in (a, b)]
    if len(present) < 6 or not ranges:
        return False
    mean = sum(present) / len(present)
    upper = mean + 2.66 * sum(ranges) / len(ranges)
    spread = 2.66 * sum(ranges) / len(ranges)
    within = [x for x in present if abs(x - mean) <= spread]
    centre = max(mean, sum(within) / len(within)) if within else mean
    run = 0
    for month, x in values:
        run = run + 1 if x is not None and x > centre else 0
        if month in world.months and x is not None and (x > upper or run >= RUN):
            return True
    return False
