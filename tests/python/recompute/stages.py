"""Each step: executions, windows, minutes, the time through it (rules, sections 4 and 5).

In: the executions as the score judges them. Out: figures by step, by permit type and step, by month. It must not judge, but
for a mandatory stage not begun, whose limit date it works out.
"""

from collections import defaultdict

from .calendar import day_of
from .office import UNRECORDED, decided
from .periods import Period
from .records import day, in_days
from .table import quantile

DETERMINED = ("on_time", "late", "running", "overdue")
MILLION = 1_000_000
SHARED = ("within_window", "within_minutes", "under_minutes")


def write(t, world):
    stages = list(judged_stages(world))
    for name in [world.period.name, *world.months]:
        of_period(t, world, stages, name)
    passages(t, world)
    lost_days(t, world)


def judged_stages(world):
    """(case, step, limit day, on time) of stages with a window, but for the step that starts the clock."""
    for case in world.cases:
        if case.standard is None:
            continue
        clock = world.clock(case)
        for step in case.standard.steps.values():
            if step.window is None or step.number == case.standard.start:
                continue
            start = clock.main if step.clock == "main" else clock.registration
            if start is None:
                continue
            verdict, known = stage_verdict(world, case, step)
            if verdict is None:
                continue
            limit = clock.limit_day(start, step.window, known)
            if verdict == "begin":
                verdict = "overdue" if limit < day_of(world.as_of) else "running"
            yield case, step.number, limit, verdict


def stage_verdict(world, case, step):
    """The stage's verdict and what was known then; "begin" of a mandatory one of an open case without any execution."""
    last = [e for e in case.of(step.number) if e.day in DETERMINED]
    if last:
        e = last[-1]
        return e.day, world.as_of if e.completed is None else e.completed
    mandatory = step.duty == "mandatory" or step.duty == "with_recommendation" and case.recommended
    undecided = case.verdict in ("running", "overdue", "clock_not_started")
    if mandatory and undecided and not case.of(step.number):
        return "begin", world.as_of
    return None, None


def usable(e):
    """Service seconds that a median may hold: in order, and not wholly outside service hours."""
    if not e.in_order or e.seconds is None:
        return None
    return None if e.seconds == 0 and e.completed > e.started else e.seconds


def of_period(t, world, stages, name):
    p = Period(name)
    found = defaultdict(lambda: {"n": 0, "rework": 0, "minutes": [], "share": defaultdict(lambda: [0, 0])})
    for s in world.library.values():
        for step in s.steps:
            found[(None, step)], found[(s.service, step)]
    for case in world.cases:
        for e in case.steps:
            if day(e.completed) in p and case.standard and e.step in case.standard.steps:
                for key in ((None, e.step), (case.standard.service, e.step)):
                    add_execution(found[key], e)
    for case, step, limit, verdict in stages:
        if limit in p and verdict != "running":
            for key in ((None, step), (case.standard.service, step)):
                add(found[key]["share"]["within_window"], verdict == "on_time")
    for (service, step), x in found.items():
        group = {"step": str(step)} if service is None else {"service": service, "step": str(step)}
        if service is not None and name != world.period.name:
            continue
        t.count("stage.executions", name, group, x["n"])
        t.count("stage.rework", name, group, x["rework"])
        for key in SHARED:
            t.share(f"stage.{key}", name, group, tuple(x["share"][key]), interval=service is None)
        for key, percent in (("median", 50), ("p95", 95)):
            t.minutes(f"stage.minutes_{key}", name, group, len(x["minutes"]), quantile(x["minutes"], percent))
    used_time(t, world, p, {step: x["n"] for (service, step), x in found.items() if service is None})


def add(share, hit):
    share[0] += hit
    share[1] += 1


def add_execution(x, e):
    x["n"] += 1
    x["rework"] += e.number > 1
    seconds = usable(e)
    if seconds is not None:
        x["minutes"].append(seconds)
    if e.minute in ("within", "under", "over"):
        add(x["share"]["within_minutes"], e.minute != "over")
        add(x["share"]["under_minutes"], e.minute == "under")


def used_time(t, world, p, executions):
    """Service time of the cases decided in the period, by who had the file, and by step."""
    n, total, work, wait = 0, defaultdict(int), defaultdict(int), defaultdict(int)
    for case in decided(world.cases, p):
        start = world.clock(case).registration if case.standard else None
        if start is None or start >= case.decided or case.verdict == "not_assessable":
            continue
        n, clock = n + 1, world.clock(case)
        for holder, step, seconds in divided(clock, start, case.decided):
            total[holder] += seconds
            if holder in ("work", "agency"):
                work[step] += seconds
            elif holder in ("waiting", "unsplit"):
                wait[step] += seconds
    numbers = sorted({s for x in world.library.values() for s in x.steps})
    for step in numbers:
        t.hours("stage.work_hours", p.name, {"step": str(step)}, executions[step], work[step])
        t.hours("stage.wait_hours", p.name, {"step": str(step)}, executions[step], wait[step])
    if p.name == world.period.name:
        everything = sum(total.values())
        for holder in ("work", "waiting", "applicant", "agency", "unsplit"):
            t.hours("time.hours", p.name, {"holder": holder}, n, total[holder])
            t.part("time.share", p.name, {"holder": holder}, n, total[holder], everything)


def divided(clock, start, end):
    """(holder, step, service seconds) of each stretch between two instants of the case; each second once."""
    case, standard = clock.case, clock.standard
    office = [e for e in case.steps if e.step in standard.steps and standard.steps[e.step].holder == "office"]
    away = [(a, b) for a, b, _ in clock.stays]
    cuts = {start, end}
    for a, b, *_ in clock.applicant + away:
        cuts |= {a, b}
    for e in case.steps:
        cuts |= {x for x in (e.started, e.completed) if x is not None}
    cuts = sorted(x for x in cuts if start <= x <= end)
    for a, b in zip(cuts, cuts[1:]):
        yield (*holder_of(clock, office, away, a, b), clock.hours.seconds(a, b))


def holder_of(clock, office, away, a, b):
    """Who had the file from `a` to `b`: applicant before agency before work before waiting, and the step to charge."""
    if any(x <= a and b <= y for x, y, _ in clock.applicant):
        return "applicant", None
    if any(x <= a and b <= y for x, y in away):
        return "agency", clock.standard.recommendation["handed_over"]
    working = [e for e in office if e.in_order and e.started <= a and b <= e.completed]
    if working:
        return "work", max(working, key=lambda e: (e.started, e.step)).step
    later = [e for e in office if e.begin is not None and e.begin >= b]
    if not later:
        return "waiting", clock.standard.decides
    following = min(later, key=lambda e: (e.begin, e.step))
    return ("waiting" if following.started is not None else "unsplit"), following.step


def lost_days(t, world):
    """Days over the limit of cases decided late, dealt out by service time; in millionths of a day, by largest remainders."""
    late = [c for c in decided(world.cases, world.period) if c.verdict == "late" and in_days(c)]
    total, parts = sum(c.over for c in late), defaultdict(int)
    for case in late:
        clock, used = world.clock(case), defaultdict(int)
        for holder, step, seconds in divided(clock, clock.main, case.decided):
            if holder != "applicant" and seconds:
                used[step] += seconds
        for step, part in dealt_out(case.over * MILLION, used):
            parts[step] += part
    name, n = world.period.name, len(late)
    t.days("lost_days.total", name, {}, n, total)
    for step, part in parts.items():
        t.decimal("lost_days.days", name, {"step": str(step)}, n, part / MILLION, 1)
        t.part("lost_days.share", name, {"step": str(step)}, n, part, total * MILLION)


def dealt_out(whole, used):
    everything = sum(used.values())
    if not everything:
        return [(UNRECORDED, whole)]
    dealt = {step: whole * seconds // everything for step, seconds in used.items()}
    rest = sorted(used, key=lambda step: (-(whole * used[step] % everything), step))
    for step in rest[: whole - sum(dealt.values())]:
        dealt[step] += 1
    return dealt.items()


def passages(t, world):
    """Service time through each step and before it, for semesters with cases and their months."""
    semesters = [Period(s) for s in world.semesters]
    months = [m for m in world.trend if any(Period(m).first in s for s in semesters)]
    names = world.semesters + months
    steps = sorted({s for x in world.library.values() for s in x.steps})
    found = {}
    for r in world.work:
        if r.wait is not None:
            found.setdefault((r.e.step, r.day), []).append(r)
    for name in names:
        p = Period(name)
        for step in steps:
            rows = [r for d in range(p.first, p.end) for r in found.get((step, d), ())]
            group = {"step": str(step)}
            through = [r.wait + r.work for r in rows]
            t.minutes("stage.passage_median", name, group, len(rows), quantile(through, 50))
            t.minutes("stage.wait_median", name, group, len(rows), quantile([r.wait for r in rows], 50))
