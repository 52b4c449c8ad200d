"""Whether cases went as the standard says, the paths they took, and returns to the applicant.

In: the cases decided in the period. Out: figures. It must not use the findings of the program.
"""

from collections import Counter, defaultdict

from .calendar import day_of
from .office import UNRECORDED, decided, open_at
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
    """Executions begun before the mandatory step before them was ever completed; also where it is not recorded at all."""
    for e in case.steps:
        before = [s for s in mandatory(case) if s < e.step]
        if e.step not in case.standard.steps or not before or e.begin is None:
            continue
        done = [x.completed for x in case.of(max(before)) if x.completed is not None]
        if not done or e.begin < min(done):
            yield e


def duties_joined(case):
    for a, b in case.standard.pairs:
        one, other = ({e.officer for e in case.of(s) if e.officer} for s in (a, b))
        if one & other:
            yield a, b


def duties_known(case):
    """Whether both duties of every pair done have an officer, or one is known to have done both."""
    named = [(a, b) for a, b in case.standard.pairs if case.of(a) and case.of(b)]
    return any(duties_joined(case)) or all(any(e.officer for e in case.of(s)) for pair in named for s in pair)


def returned(case):
    """The executions that gave the file to the applicant."""
    return case.of(case.standard.pause_step["step"]) if case.standard.pause_step else []


def deviations(case):
    found = set()
    if case.outcome != "rejected" and missing(case):
        found.add("mandatory_step_missing")
    if any(out_of_order(case)):
        found.add("out_of_order")
    if any(duties_joined(case)):
        found.add("duties_joined")
    if len(returned(case)) > 1:
        found.add("returned_twice")
    return found


def conformance(t, world, cases):
    cases = [c for c in cases if c.standard]
    found = [deviations(c) for c in cases]
    for check in CHECKS:
        hits = sum(check in x for x in found)
        of = sum(map(duties_known, cases)) if check == "duties_joined" else len(cases)
        t.share("conformance.share", world.period.name, {"check": check}, (hits, of))
    t.share("conformance.share", world.period.name, {"check": "any"}, (sum(map(bool, found)), len(cases)))
    unknown = sum(not duties_known(c) for c in cases)
    t.count("conformance.unassessable", world.period.name, {"check": "duties_joined"}, unknown)
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
    episodes = [(c, e) for c in cases for e in returned(c)]
    t.share("returns.case_share", name, {}, (sum(bool(returned(c)) for c in cases), len(cases)))
    t.count("returns.count", name, {}, len(episodes))
    for step, n in Counter(returned_by(c, e) for c, e in episodes).items():
        t.count("returns.by", name, {"step": str(step)}, n)
    ended = [(c, a, b) for c in cases for a, b, over in world.clock(c).applicant if over]
    calendar = [day_of(b) - day_of(a) for _, a, b in ended]
    working = [c.standard.hours.idx(day_of(b)) - c.standard.hours.idx(day_of(a)) for c, a, b in ended]
    for key, days in (("calendar_days", calendar), ("working_days", working)):
        t.days(f"returns.{key}_median", name, {}, len(days), quantile(days, 50))
        t.days(f"returns.{key}_p90", name, {}, len(days), quantile(days, 90))
    twice = sum(len(returned(c)) > 1 for c in cases)
    t.count("returns.repeated", name, {"state": "decided"}, twice)
    still_open = [c for c in open_at(world.cases, world.period.end) if c.standard]
    times = [[e for e in returned(c) if e.begin is None or day_of(e.begin) < world.period.end] for c in still_open]
    t.count("returns.repeated", name, {"state": "open"}, sum(len(x) > 1 for x in times))


def returned_by(case, episode):
    """The step last completed before the file went to the applicant."""
    if episode.begin is None:
        return UNRECORDED
    done = [e for e in case.steps if e.step != episode.step and e.completed is not None and e.completed <= episode.begin]
    return max(done, key=lambda e: (e.completed, e.step)).step if done else UNRECORDED
