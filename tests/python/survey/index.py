"""Indices as fractions, and how they are printed.

In: answers as tuples, element codes ascending, 0 for none. Out: fractions, rows. Nothing is rounded before it is printed.
"""

import math
from collections import Counter
from fractions import Fraction

from recompute.table import MINUS, NONE, grouped

NO_DATA = "belum ada data"
NOT_ASSESSABLE = "tidak dapat dinilai"


def half_up(value, places):
    """In units of the last place, halves away from zero."""
    units = math.floor(abs(value) * 10**places + Fraction(1, 2))
    return -units if value < 0 else units


def exact(value, places):
    units = half_up(value, places)
    whole, part = divmod(abs(units), 10**places)
    return (MINUS if units < 0 else "") + grouped(whole) + "," + f"{part:0{places}}"


def signed(value):
    return ("+" if half_up(value, 2) > 0 else "") + exact(value, 2)


class Sums:
    """Answers of a group of forms under a rule for partial ones."""

    def __init__(self, instrument, patterns, complete):
        self.instrument = instrument
        self.respondents = sum(any(p) for p in patterns)
        self.patterns = [p for p in patterns if (all(p) if complete else any(p))]
        self.n = len(self.patterns)
        self.columns = [Counter(p[i] for p in self.patterns) for i in range(len(instrument.codes))]

    def count(self, place):
        return sum(n for a, n in self.columns[place].items() if a)

    def sum(self, place):
        return sum(a * n for a, n in self.columns[place].items())

    def nrr(self, place):
        n = self.count(place)
        return Fraction(self.sum(place), n) if n else None

    def ikm(self):
        return ikm(self.instrument, [self.nrr(i) for i in range(len(self.instrument.codes))])


def ikm(instrument, nrr):
    if not nrr or None in nrr:
        return None
    return 25 * sum(w * m for w, m in zip(instrument.weights.values(), nrr))


def graded(instrument, value):
    """Number of the band of the rounded index, from 1, and its grade."""
    rounded = Fraction(half_up(value, 2), 100)
    for number, (low, high, grade) in enumerate(instrument.bands, 1):
        if low <= rounded <= high:
            return float(number), grade
    return None, NONE


def alpha(patterns):
    """Cronbach's alpha by the definition, with sample variances."""
    n = len(patterns)
    if n < 2:
        return None
    k = len(patterns[0])

    def variance(values):
        mean = Fraction(sum(values), n)
        return sum((v - mean) ** 2 for v in values) / (n - 1)

    totals = variance([sum(p) for p in patterns])
    if k < 2 or not totals:
        return None
    items = sum(variance([p[i] for p in patterns]) for i in range(k))
    return Fraction(k, k - 1) * (1 - items / totals)


def needed(population):
    """Krejcie and Morgan (1970), with their constants."""
    if population <= 10:
        return population
    chi, p, d = Fraction("3.841"), Fraction(1, 2), Fraction("0.05")
    n = chi * population * p * (1 - p) / (d * d * (population - 1) + chi * p * (1 - p))
    return math.floor(n + Fraction(1, 2))
