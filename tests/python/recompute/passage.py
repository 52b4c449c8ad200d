"""How each execution went: when the file was free for it, how long it waited and was worked on.

In: one case with its clock. Out: one row per execution. Verdicts are the score's.
"""

from dataclasses import dataclass

from .calendar import day_of


@dataclass
class Row:
    case: object
    e: object
    day: int | None
    holder: str | None
    role: str
    wait: int | None = None
    work: int | None = None
    held: int = 0
    window: bool | None = None
    role_window: bool | None = None
    overdue: int | None = None
    minutes: bool | None = None
    arrival: str | None = None
    rework: bool = False

    @property
    def within(self):
        return both(self.window, self.minutes)

    @property
    def role_within(self):
        return both(self.role_window, self.minutes)

    @property
    def counted(self):
        """The day it is counted on: of its completion, of one overdue in hand that of its limit."""
        return self.overdue if self.day is None else self.day


def both(*limits):
    judged = [x for x in limits if x is not None]
    return all(judged) if judged else None


def rows_of(clock):
    case, standard = clock.case, clock.standard
    for e in case.steps:
        step = standard.steps.get(e.step)
        row = Row(case, e, None if e.completed is None else day_of(e.completed), step and step.holder,
                  step.actor if step else None)
        free = None if e.begin is None else free_at(clock, e)
        if e.in_order:
            away = [(a, b) for a, b, _ in clock.applicant]
            if row.holder == "applicant":
                away = []
            elif row.holder != "agency":
                away = joined(away + [(a, b) for a, b, _ in clock.stays])
            seconds = lambda a, b: clock.hours.seconds(a, b) - sum(
                clock.hours.seconds(max(a, x), min(b, y)) for x, y in away)
            row.wait = seconds(free, e.started)
            row.work = clock.hours.seconds(e.started, e.completed)
            row.held = seconds(e.started, e.completed)
        judge(row, clock, step, free)
        yield row


def joined(stretches):
    out = []
    for a, b in sorted(stretches):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def free_at(clock, e):
    """The latest completion of other work, or return from the applicant, before it began; else the receipt."""
    begin = e.begin
    times = [x.completed for x in clock.case.steps
             if x is not e and x.completed is not None and x.completed <= begin
             and (x.step != e.step or x.number < e.number)]
    times += [b for _, b, ended in clock.applicant if ended and b <= begin]
    if times:
        return max(times)
    received = clock.case.received
    return received if received is not None and received <= begin else begin


def judge(row, clock, step, free):
    e = row.e
    if e.minute in ("within", "under", "over"):
        row.minutes = e.minute != "over"
    if e.day not in ("on_time", "late", "overdue") or e.step == clock.standard.start:
        return
    if e.day == "on_time":
        row.window = row.role_window = True
        return
    start = clock.main if step.clock == "main" else clock.registration
    known = clock.as_of if e.completed is None else e.completed
    past = lambda t: clock.is_past(start, step.window, known, t)
    if e.day == "overdue":
        row.overdue = None if e.started is None else clock.limit_day(start, step.window, known)
    if free is None:
        return
    if past(free):
        row.arrival = "on_arrival"
        return
    row.role_window = False if e.day == "late" or e.started is not None else None
    row.arrival = "unsplit" if e.started is None else "in_queue" if past(e.started) else "in_hand"
    if row.arrival == "in_hand":
        row.window = row.role_window


def was_sent_back(row):
    """Whether a later office step sent the file back so that this step was done again: the one last completed before it was."""
    again = [x for x in row.case.of(row.e.step) if x.number == row.e.number + 1]
    sender = again and last_done_before(row.case, again[0])
    if not sender:
        return False
    step = row.case.standard.steps.get(sender.step)
    return sender.step > row.e.step and step is not None and step.holder == "office"


def last_done_before(case, e):
    """The execution of another step completed last before this one began."""
    if e.begin is None:
        return None
    done = [x for x in case.steps if x.step != e.step and x.completed is not None and x.completed <= e.begin]
    return max(done, key=lambda x: (x.completed, x.step, x.number), default=None)
