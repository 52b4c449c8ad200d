"""Figures as the report prints them.

In: counts and values. Out: rows as `figures.json` has them. The printed forms are Indonesian. It must not compute what is
counted.
"""

import math
from fractions import Fraction

Z = 1.959963984540054
NONE = "–"
MINUS = "−"


def grouped(number):
    return f"{number:,}".replace(",", ".")


def integer(value):
    return (MINUS if value < 0 else "") + grouped(abs(value))


def decimal(value, places):
    text = f"{abs(value):,.{places}f}"
    zero = not text.strip("0.,")
    text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return (MINUS if value < 0 and not zero else "") + text


def half_up_tenths(fraction):
    return math.floor(fraction * 10 + Fraction(1, 2))


def tenths(t):
    return f"{grouped(t // 10)},{t % 10}"


def duration(seconds):
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if not hours and not minutes:
        return f"{seconds} detik"
    if not hours:
        return f"{minutes} menit"
    return f"{grouped(hours)} jam" + (f" {minutes} menit" if minutes else "")


def quantile(values, percent):
    """The smallest value with at least that share at or below it; None of none."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[rank - 1] if ordered else None


def wilson(hits, n):
    """95 % interval of a share, in percent; Wilson (1927)."""
    p = hits / n
    middle = p + Z * Z / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return 100 * max(0.0, (middle - half) / scale), 100 * min(1.0, (middle + half) / scale)


def newcombe(now, then):
    """95 % interval of the difference of two shares in points; Newcombe (1998), method 10."""
    (a, m), (b, n) = now, then
    p, q = 100 * a / m, 100 * b / n
    (l1, u1), (l2, u2) = wilson(a, m), wilson(b, n)
    low = p - q - math.sqrt((p - l1) ** 2 + (u2 - q) ** 2)
    return low, p - q + math.sqrt((u1 - p) ** 2 + (q - l2) ** 2)


class Table:
    """Rows by indicator, period and group."""

    def __init__(self, least_n):
        self.rows = {}
        self.least_n = least_n

    def put(self, indicator, period, group, n, value, printed, share=None):
        key = (indicator, period, tuple(sorted(group.items())))
        if key in self.rows:
            raise SystemExit(f"recomputed twice: {key}")
        hits, of = share or (None, None)
        self.rows[key] = (n, hits, of, value, printed)

    def count(self, indicator, period, group, count):
        self.put(indicator, period, group, count, float(count), grouped(count))

    def share(self, indicator, period, group, share, interval=True, least_n=None):
        hits, n = share
        least_n = least_n or self.least_n
        if n == 0:
            self.put(indicator, period, group, 0, None, NONE, share)
            return
        if n < least_n:
            self.put(indicator, period, group, n, None, withheld(n), share)
        else:
            text = tenths(half_up_tenths(Fraction(100 * hits, n))) + " %"
            self.put(indicator, period, group, n, 100 * hits / n, text, share)
        if interval:
            bounds = wilson(hits, n) if n >= least_n else (None, None)
            for suffix, bound in zip((".low", ".high"), bounds):
                text = NONE if bound is None else decimal(bound, 1) + " %"
                self.put(indicator + suffix, period, group, n, bound, text)

    def points(self, indicator, period, group, n, value, exact=None):
        """A difference in percentage points; `exact` is it as a fraction, half away from zero."""
        if value is None:
            self.put(indicator, period, group, n, None, NONE)
            return
        if exact is None:
            text = decimal(value, 1)
        else:
            t = half_up_tenths(abs(exact))
            text = (MINUS if exact < 0 and t else "") + tenths(t)
        sign = "+" if value > 0 and text != "0,0" else ""
        self.put(indicator, period, group, n, value, f"{sign}{text} poin")

    def change(self, indicator, period, group, now, then):
        if min(now[1], then[1]) < max(1, self.least_n):
            self.points(indicator, period, group, now[1], None)
            return
        exact = Fraction(100 * now[0], now[1]) - Fraction(100 * then[0], then[1])
        self.points(indicator, period, group, now[1], float(exact), exact)

    def days(self, indicator, period, group, n, value):
        text = NONE if value is None else integer(value)
        self.put(indicator, period, group, n, None if value is None else float(value), text)

    def minutes(self, indicator, period, group, n, seconds):
        text = NONE if seconds is None else duration(seconds)
        self.put(indicator, period, group, n, None if seconds is None else seconds / 60, text)

    def hours(self, indicator, period, group, n, seconds):
        text = tenths(half_up_tenths(Fraction(seconds, 3600))) + " jam"
        self.put(indicator, period, group, n, seconds / 3600, text)

    def decimal(self, indicator, period, group, n, value, places):
        text = NONE if value is None else decimal(value, places)
        self.put(indicator, period, group, n, value, text)

    def withheld(self, indicator, period, group, n):
        self.put(indicator, period, group, n, None, withheld(n))

    def part(self, indicator, period, group, n, seconds, total):
        """A share of seconds, never withheld."""
        text = NONE if not total else tenths(half_up_tenths(Fraction(100 * seconds, total))) + " %"
        value = 100 * seconds / total if total else None
        self.put(indicator, period, group, n, value, text, (seconds, total))


def withheld(n):
    return f"ditahan (n = {grouped(n)})"
