"""Whether cases went as the standard says, the paths they took, and returns to the applicant.

In: the cases decided in the period. Out: figures. It must not use the findings of the program.
"""

from collections import Counter, defaultdict

from .calendar import day_of
from .office import decided, open_at
from .table import quantile

CHECKS = ("mandatory_step_missing", "out_of_order", "duties_joined", "returned_twice")
SHOWN = 12


def write(t, world):
    cases = decided(world.cases, world.period)
    conformance(t, world, cases)
    variants(t, world, cases)
    returns(t, world, cases)


def mandatory(case):
    return [s.number for s in case.standard.steps.values()
            if s.duty == "mandatory" or s.duty == "with_recommendation" and case.recommended]


def missing(case):
    return [s for s in mandatory(case) if not case.of(s)]


def out_of_order(case):
    """Steps started before the mandatory step before them was ever completed."""
    wanted = mandatory(case)
    for e in case.steps:
        before = [s for s in wanted if s < e.step]
        if e.step not in case.standard.steps or not before or e.started is None:
            continue
        done = [x.completed for x in case.of(before[-1]) if x.completed is not None]
        if done and e.started < min(done):
            yield e


def duties_joined(case):
    for a, b in case.standard.pairs:
        one, other = ({e.officer for e in case.of(s) if e.officer} for s in (a, b))
        if one & other:
            yield a, b


def returned_twice(world, case):
    return len(world.clock(case).applicant) > 1


def deviations(world, case):
    found = set()
    if case.outcome != "rejected" and missing(case):
        found.add("mandatory_step_missing")
    if any(out_of_order(case)):
        found.add("out_of_order")
    if any(duties_joined(case)):
        found.add("duties_joined")
    if returned_twice(world, case):
        found.add("returned_twice")
    return found


def conformance(t, world, cases):
    cases = [c for c in cases if c.standard]
    found = [deviations(world, c) for c in cases]
    for check in CHECKS:
        hits = sum(check in x for x in found)
        t.share("conformance.share", world.period.name, {"check": check}, (hits, len(cases)))
    t.share("conformance.share", world.period.name, {"check": "any"}, (sum(map(bool, found)), len(cases)))
    rejected = [c for c in cases if c.outcome == "rejected" and missing(c)]
    t.count("conformance.rejected_missing", world.period.name, {}, len(rejected))


def path(case):
    return sorted((e for e in case.steps if e.begin is not None), key=lambda e: (e.begin, e.step, e.number))


def variants(t, world, cases):
    name = world.period.name
    cases = [c for c in cases if c.standard]
    paths = defaultdict(list)
    for c in cases:
        paths["-".join(str(e.step) for e in path(c))].append(c)
    ordered = sorted(paths.items(), key=lambda x: (-len(x[1]), [int(s) for s in x[0].split("-") if s]))
    for variant, own in ordered[:SHOWN]:
        group = {"variant": variant}
        t.count("variant.count", name, group, len(own))
        t.share("variant.share", name, group, (len(own), len(cases)), interval=False)
        days = [c.offset + 1 for c in own
                if c.verdict in ("on_time", "late") and c.standard.limit[1] == "working_days"]
        t.days("variant.days_median", name, group, len(days), quantile(days, 50))
    t.count("variant.others", name, {}, len(ordered[SHOWN:]))
    t.count("variant.others_cases", name, {}, sum(len(own) for _, own in ordered[SHOWN:]))
    process_map(t, world, cases)


def process_map(t, world, cases):
    name = world.period.name
    wait = {(r.case.id, r.e.step, r.e.number): r.wait for r in world.work}
    nodes = {s: [0, 0] for x in world.library.values() for s in x.steps}
    edges, waits = Counter(), defaultdict(list)
    for c in cases:
        own = path(c)
        for step, n in Counter(e.step for e in own).items():
            node = nodes.setdefault(step, [0, 0])
            node[0] += 1
            node[1] += n
        ends = ["mulai", *(str(e.step) for e in own), "selesai"]
        for edge, e in zip(zip(ends, ends[1:]), [*own, None]):
            edges[edge] += 1
            waited = e and wait[(c.id, e.step, e.number)]
            if waited is not None:
                waits[edge].append(waited)
    for step, (passed, executions) in nodes.items():
        t.count("map.node", name, {"step": str(step)}, passed)
        t.count("map.node_executions", name, {"step": str(step)}, executions)
    for (a, b), n in edges.items():
        group = {"from": a, "to": b}
        t.count("map.edge", name, group, n)
        t.minutes("map.edge_wait_median", name, group, len(waits[(a, b)]), quantile(waits[(a, b)], 50))


def returns(t, world, cases):
    name = world.period.name
    cases = [c for c in cases if c.standard and c.standard.pause_step]
    stretches = [(c, x) for c in cases for x in world.clock(c).applicant]
    returned = sum(bool(world.clock(c).applicant) for c in cases)
    t.share("returns.case_share", name, {}, (returned, len(cases)))
    t.count("returns.count", name, {}, len(stretches))
    by = Counter(returned_by(c, start) for c, (start, _, _) in stretches)
    for step, n in by.items():
        t.count("returns.by", name, {"step": str(step)}, n)
    ended = [(c, a, b) for c, (a, b, over) in stretches if over]
    calendar = [day_of(b) - day_of(a) for _, a, b in ended]
    working = [c.standard.hours.idx(day_of(b)) - c.standard.hours.idx(day_of(a)) for c, a, b in ended]
    for key, days in (("calendar_days", calendar), ("working_days", working)):
        t.days(f"returns.{key}_median", name, {}, len(days), quantile(days, 50))
        t.days(f"returns.{key}_p90", name, {}, len(days), quantile(days, 90))
    still_open = [c for c in open_at(world.cases, world.period.end) if c.standard and c.standard.pause_step]
    for state, among in (("decided", cases), ("open", still_open)):
        t.count("returns.repeated", name, {"state": state}, sum(returned_twice(world, c) for c in among))


def returned_by(case, start):
    """The step last completed before the file went to the applicant."""
    rule = case.standard.pause_step["step"]
    done = [e for e in case.steps if e.step != rule and e.completed is not None and e.completed <= start]
    return max(done, key=lambda e: (e.completed, e.step, e.number)).step if done else "(tidak tercatat)"
