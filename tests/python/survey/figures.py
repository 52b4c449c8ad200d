"""Every figure of the IKM report.

In: [`World`]. Out: rows of the table.
"""

from recompute.table import NONE, grouped

from .draw import ALONE, SUBTRACTED, bounds, less, replicates
from .index import NO_DATA, NOT_ASSESSABLE, Sums, alpha, exact, graded, ikm, needed, signed
from .records import NA

DIMENSIONS = {
    "sex": ["L", "P"],
    "education": ["SD", "SMP", "SMA", "D1-D3", "S1", "S2", "S3"],
    "occupation": ["PNS", "TNI", "POLRI", "SWASTA", "WIRAUSAHA", "Lainnya"],
    "hour_band": ["08-12", "13-17"],
}


def number(value):
    return None if value is None else float(value)


class Writer:
    def __init__(self, table, world, instrument):
        self.table, self.world, self.instrument = table, world, instrument
        self.own = {"instrument": instrument.code} if instrument.office else {}

    def put(self, indicator, group, n, value, printed, share=None, period=None):
        period = period or self.world.period.name
        self.table.put(indicator, period, {**group, **self.own}, n, number(value), printed, share)

    def exact(self, indicator, group, n, value, places=2, otherwise=NONE, period=None):
        printed = otherwise if value is None else exact(value, places)
        self.put(indicator, group, n, value, printed, period=period)

    def count(self, indicator, group, n, period=None):
        self.put(indicator, group, n, n, grouped(n), period=period)

    def share(self, indicator, group, hits, of):
        name = self.world.period.name
        self.table.share(indicator, name, {**group, **self.own}, (hits, of), interval=False)

    def index(self, names, group, n, value, period=None):
        self.exact(names[0], group, n, value, otherwise=NOT_ASSESSABLE if n else NO_DATA, period=period)
        place, grade = (None, NONE) if value is None else graded(self.instrument, value)
        self.put(names[1], group, n, place, grade, period=period)

    def difference(self, indicator, group, n, value, low, high, unit=" poin"):
        for suffix, v in (("", value), (".low", low), (".high", high)):
            self.put(indicator + suffix, group, n, v, NONE if v is None else signed(v) + unit)


class Survey:
    """The forms of the period under one instrument."""

    def __init__(self, world, instrument):
        self.world, self.instrument = world, instrument
        self.forms = [(f, world.pattern(f, instrument)) for f in world.forms]
        self.complete = world.complete

    def sums(self, which=lambda form: True):
        return Sums(self.instrument, [p for f, p in self.forms if which(f)], self.complete)


def write(table, world):
    for instrument in [world.instrument, *world.internal]:
        survey, w = Survey(world, instrument), Writer(table, world, instrument)
        answers(w, survey)
        intervals(w, survey)
        elements(w, survey)
        reached(w, survey)
        linked(w, survey)
        changes(w, survey)
    recipients(Writer(table, world, world.instrument))


def groups(world):
    """Every group of respondents, and what tells that a form is of it."""
    yield {}, lambda f: True
    for service in world.services:
        yield {"service": service}, lambda f, s=service: f.service == s
    for dimension, values in world.dimensions.items():
        for value in values:
            yield {dimension: value}, lambda f, d=dimension, v=value: world.value(f, d) == v


def answers(w, survey):
    world, codes = w.world, w.instrument.codes
    w.count("ikm.unanswered", {}, sum(not any(p) for _, p in survey.forms))
    for period in [world.period, *world.period.months()]:
        for group, which in groups(world):
            sums = survey.sums(lambda f: f.day in period and which(f))
            w.count("ikm.respondents", group, sums.respondents, period.name)
            w.index(("ikm.unit", "ikm.grade"), group, sums.n, sums.ikm(), period.name)
            for place, code in enumerate(codes):
                share = (sums.sum(place), sums.count(place))
                printed = exact(sums.nrr(place), 2) if share[1] else NONE
                pairs = {**group, "element": code}
                w.put("ikm.element", pairs, share[1], sums.nrr(place), printed, share, period.name)
    for rule in ("available", "complete"):
        sums = Sums(w.instrument, [p for _, p in survey.forms], rule == "complete")
        w.exact("ikm.unit.partial", {"rule": rule}, sums.n, sums.ikm())
    complete = [p for _, p in survey.forms if all(p)]
    w.exact("ikm.alpha", {}, len(complete), alpha(complete), 3)


def indices(w, made):
    return made and [ikm(w.instrument, nrr) for nrr in made]


def intervals(w, survey):
    of_all = [({}, lambda f: True)]
    of_services = [({"service": s}, lambda f, s=s: f.service == s) for s in w.world.services]
    for group, which in of_all + of_services:
        sums = survey.sums(which)
        low, high = bounds(indices(w, replicates(sums.patterns, ALONE)))
        w.exact("ikm.unit.low", group, sums.n, low)
        w.exact("ikm.unit.high", group, sums.n, high)


def elements(w, survey):
    respondents = [(f, p) for f, p in survey.forms if any(p)]
    sums = survey.sums()
    for place, code in enumerate(w.instrument.codes):
        nrr, n, group = sums.nrr(place), sums.count(place), {"element": code}
        index = None if nrr is None else 25 * nrr
        w.index(("ikm.element.index", "ikm.element.grade"), group, n, index)
        weighted = None if nrr is None else w.instrument.weights[code] * nrr
        w.exact("ikm.element.weighted", group, n, weighted, 4)
        for answer in (1, 2, 3, 4):
            given = sum(p[place] == answer for _, p in respondents)
            w.count("ikm.element.answers", {**group, "answer": str(answer)}, given)
        missing = sum(code in f.answers and not p[place] for f, p in respondents)
        w.count("ikm.element.missing", group, missing)
        if code in w.instrument.fees:
            w.share("ikm.element.ceiling", group, sums.columns[place][4], n)
            for service in w.world.services:
                own = survey.sums(lambda f, s=service: f.service == s)
                pairs = {**group, "service": service}
                w.share("ikm.element.ceiling", pairs, own.columns[place][4], own.count(place))


def recipients(w):
    world = w.world
    channels, services = world.dimensions["channel"], world.services
    by = [({}, lambda c: True)]
    by += [({"service": s}, lambda c, s=s: c.service == s) for s in services]
    by_channel = [({"channel": v}, lambda c, v=v: c.channel == v) for v in channels]
    for period in [world.period, *world.period.months()]:
        for group, which in by + by_channel:
            n = sum(c.handed_over in period and which(c) for c in world.recipients)
            w.count("ikm.recipients", group, n, period.name)
    for group, which in by:
        n = sum(map(which, world.recipients))
        sample = needed(n) if n else None
        w.put("ikm.sample.needed", group, n, sample, grouped(sample) if n else NONE)
        decided = [c for c in world.judged if c.outcome != "withdrawn" and c.decided in world.period and which(c)]
        w.share("ikm.timeliness", group, sum(c.verdict == "on_time" for c in decided), len(decided))


def reached(w, survey):
    world = w.world
    for service in [None, *world.services]:
        group = {"service": service} if service else {}
        n = survey.sums(lambda f, s=service: s in (None, f.service)).respondents
        of = sum(service in (None, c.service) for c in world.recipients)
        if n > 1 and not of:
            w.put("ikm.sample.reached", group, n, None, NOT_ASSESSABLE)
        else:
            enough = n > 1 and n >= needed(of)
            w.put("ikm.sample.reached", group, n, enough, "memadai" if enough else "belum memadai")
        if n > of:
            w.put("ikm.response_rate", group, of, None, NOT_ASSESSABLE)
        else:
            w.share("ikm.response_rate", group, n, of)
    cases = {f.case for f, p in survey.forms if any(p)}
    by = [({}, lambda c: True)]
    by += [({"service": s}, lambda c, s=s: c.service == s) for s in world.services]
    by += [({"channel": v}, lambda c, v=v: c.channel == v) for v in world.dimensions["channel"]]
    for group, which in by:
        own = [c for c in world.recipients if which(c)]
        w.share("ikm.linked", group, sum(c.id in cases for c in own), len(own))


def linked(w, survey):
    world = w.world

    def side(verdict, seed):
        sums = survey.sums(lambda f: f.case in world.cases and world.cases[f.case].verdict == verdict)
        return sums, replicates(sums.patterns, seed)

    late, of_late = side("late", ALONE)
    on_time, of_on_time = side("on_time", SUBTRACTED)
    for word, sums in (("late", late), ("on_time", on_time)):
        w.exact("ikm.linked.unit", {"verdict": word}, sums.n, sums.ikm())
        for place, code in enumerate(w.instrument.codes):
            share = (sums.sum(place), sums.count(place))
            printed = exact(sums.nrr(place), 2) if share[1] else NONE
            group = {"verdict": word, "element": code}
            w.put("ikm.linked.element", group, share[1], sums.nrr(place), printed, share)
    name = "ikm.linked.difference"
    difference = less([late.ikm()], [on_time.ikm()])[0]
    low, high = bounds(less(indices(w, of_late), indices(w, of_on_time)))
    w.difference(name, {}, late.n + on_time.n, difference, low, high)
    for place, code in enumerate(w.instrument.codes):
        difference = less([late.nrr(place)], [on_time.nrr(place)])[0]
        column = [made and [nrr[place] for nrr in made] for made in (of_late, of_on_time)]
        n = late.count(place) + on_time.count(place)
        w.difference(name, {"element": code}, n, difference, *bounds(less(*column)), unit="")


def changes(w, survey):
    world = w.world
    now = survey.sums()
    of_now = indices(w, replicates(now.patterns, ALONE))
    for word, period in (("previous", world.period.back(1)), ("last_year", world.period.back(2))):
        then, of_then = None, None
        if world.same_instrument(w.instrument, period):
            patterns = [world.pattern(f, w.instrument) for f in world.all_forms if f.day in period]
            sums = Sums(w.instrument, patterns, world.complete)
            then, of_then = sums.ikm(), indices(w, replicates(sums.patterns, SUBTRACTED))
            if then is None and not w.instrument.office:
                then = world.published(period, w.instrument)
        difference = less([now.ikm()], [then])[0]
        low, high = bounds(less(of_now, of_then))
        w.difference("ikm.change", {"versus": word}, now.n, difference, low, high)
