"""Clocks, pauses and limit dates of one case, worked out from its instants (rules, section 3).

In: a case and its standard. Out: when each clock started, when the file was with the applicant or an agency, the last day that
meets a limit. Only the reading under which days with the applicant do not count. It must not judge.
"""

from functools import cached_property

from .calendar import DAY, day_of


class Axis:
    """The days a limit counts, as known at an instant."""

    def __init__(self, hours, unit, known):
        self.hours, self.working, self.known = hours, unit == "working_days", known
        self.today = hours.workday(day_of(known)) if self.working else day_of(known)

    def begin(self, start):
        return self.hours.roll(start) if self.working else day_of(start)

    def following(self, day):
        return self.hours.next_workday(day) if self.working else day + 1

    def paused(self, day, stretches):
        """Whether the applicant had the file all day; on the day of `known` from its opening, and still just after."""
        opening, closing = self.hours.hours(day) if self.working else (0, DAY)
        opening, closing = day * DAY + opening, day * DAY + closing
        if day == self.today and any(
            a <= min(opening, self.known) and (b > self.known or not ended) for a, b, ended in stretches
        ):
            return True
        return any(a <= opening and closing <= min(b, self.known) for a, b, _ in stretches)

    def last(self, h, n, stretches, extend=True):
        """The n-th counted day after `h`; with `extend` the last day before the next counted one."""
        day = h
        while n > 0:
            day = self.following(day)
            n -= not self.paused(day, stretches)
        while extend and self.paused(self.following(day), stretches):
            day = self.following(day)
        return day


class Clock:
    """What the instants of one case say."""

    def __init__(self, case, as_of):
        self.case = case
        self.standard = case.standard
        self.hours = case.standard.hours
        self.as_of = as_of

    def _first(self, step, key):
        times = [getattr(e, key) for e in self.case.of(step)]
        return min((t for t in times if t is not None), default=None)

    @cached_property
    def registration(self):
        """The instant the registration clock started; None where it has not."""
        start = self._first(self.standard.start, "completed")
        if start is not None:
            return start
        begun = any(e.step > self.standard.start and e.step <= self.standard.decides and e.begin is not None
                    for e in self.case.steps)
        return self.case.received if begun or self.case.is_decided else None

    @cached_property
    def main(self):
        rule = self.standard.recommendation
        if not rule or not self.case.recommended:
            return self.registration
        for step, key in ((rule["handed_over"], "completed"), (rule["received"], "started"), (rule["received"], "completed")):
            start = self._first(step, key)
            if start is not None:
                return start
        return self.registration if self.case.is_decided else None

    @cached_property
    def applicant(self):
        """Stretches with the applicant as (from, to, ended), joined, ascending."""
        rule = self.standard.pause_step
        found = []
        for e in self.case.of(rule["step"]) if rule else ():
            stretch = self._stretch(e, rule)
            if stretch:
                found.append(stretch)
        joined = []
        for a, b, ended in sorted(found):
            if joined and a <= joined[-1][1]:
                last = joined[-1]
                if b >= last[1]:
                    joined[-1] = (last[0], b, ended if b > last[1] else ended and last[2])
            else:
                joined.append((a, b, ended))
        return joined

    def _stretch(self, e, rule):
        start = e.started
        if start is None:
            if e.completed is None:
                return None
            before = [x.completed for x in self.case.of(rule["returned_by"])
                      if x.completed is not None and x.completed <= e.completed]
            if not before:
                return None
            start = max(before)
        if e.completed is not None and e.completed < start:
            return None
        again = [x.begin for x in self.case.steps
                 if x.begin is not None and x.begin > start and x.step != rule["step"]
                 and rule["returned_by"] <= x.step <= self.standard.decides]
        ends = again + ([e.completed] if e.completed is not None else [])
        return (start, min(ends), True) if ends else (start, self.as_of, False)

    def limit_day(self, start, limit, known):
        """The last day whose count meets the limit, of what is known at `known`; the clock started at `start`.

        Days wholly with the applicant do not count. In working days a day is its service hours; in calendar days all 24 hours.
        """
        n, unit = limit
        if unit == "elapsed_hours":
            return day_of(start + n * 3600)
        axis = Axis(self.hours, unit, known)
        return axis.last(axis.begin(start), n, self._counted(axis, start))

    def is_past(self, start, limit, known, t):
        """Whether the limit had ended at `t`: days to their midnight, hours to their second, time with the applicant apart."""
        n, unit = limit
        if unit != "elapsed_hours":
            return day_of(t) > self.limit_day(start, limit, known)
        away = sum(max(0, min(b, known) - max(a, start)) for a, b, _ in self._counted(Axis(self.hours, unit, known), start))
        return t > start + n * 3600 + away

    def offset(self, start, unit, t):
        """Days counted from the clock's start to `t`."""
        axis = Axis(self.hours, unit, t)
        pauses = self._counted(axis, start)
        day, last, n = axis.begin(start), axis.today, 0
        while day < last:
            day = axis.following(day)
            n += not axis.paused(day, pauses)
        return n

    def _counted(self, axis, start):
        """The stretches that count: begun before the day of the case's own limit."""
        counted = []
        for stretch in self.applicant:
            limit = axis.last(axis.begin(start), self.standard.limit[0], counted, extend=False)
            if day_of(stretch[0]) >= limit:
                break
            counted.append(stretch)
        return counted

    @cached_property
    def stays(self):
        """Stays at an agency that ended: (from, to, officer), from the latest sending after the one before.

        Where no handing over is recorded: until the recommendation was taken up.
        """
        rule = self.standard.recommendation
        if not rule:
            return []
        sent = [x.completed for x in self.case.of(rule["sent"]) if x.completed is not None]
        found, before = [], None
        back = sorted((e.completed, e.number, e.started, e.officer) for e in self.case.of(rule["handed_over"])
                      if e.completed is not None)
        for to, _, started, officer in back:
            start = max((t for t in sent if (before is None or t > before) and t <= to), default=started)
            if start is not None:
                found.append((start, to, officer))
            before = to
        taken = self._first(rule["received"], "started")
        taken = self._first(rule["received"], "completed") if taken is None else taken
        if back or taken is None:
            return found
        begun = [e for e in self.case.of(rule["handed_over"]) if e.started is not None and e.started <= taken]
        start = max((t for t in sent if t <= taken), default=begun[0].started if begun else None)
        return [] if start is None else [(start, taken, begun[0].officer if begun else None)]
