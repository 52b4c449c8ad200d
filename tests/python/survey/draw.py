"""The bootstrap as the method describes it: SplitMix64, respondents in the order of their answers, 1,000 replicates.

In: answers as tuples. Out: for each replicate the mean answer to each element; bounds of what is made of them.
"""

from fractions import Fraction

REPLICATES = 1_000
ALONE, SUBTRACTED = 142_017, 252_004
MASK = (1 << 64) - 1


def replicates(patterns, seed):
    """Lists of NRR, None for an element without answers; None for fewer than two respondents."""
    ordered = sorted(patterns)
    n = len(ordered)
    if n < 2:
        return None
    made, state, width = [], seed, len(ordered[0])
    for _ in range(REPLICATES):
        times = [0] * n
        for _ in range(n):
            state = (state + 0x9E3779B97F4A7C15) & MASK
            z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            times[((z ^ (z >> 31)) * n) >> 64] += 1
        sums, counts = [0] * width, [0] * width
        for t, pattern in zip(times, ordered):
            if t:
                for i, answer in enumerate(pattern):
                    if answer:
                        sums[i] += t * answer
                        counts[i] += t
        made.append([Fraction(s, c) if c else None for s, c in zip(sums, counts)])
    return made


def bounds(values):
    """The 25th smallest and the 25th largest; None where a value is not defined."""
    if values is None or None in values:
        return None, None
    ordered = sorted(values)
    return ordered[24], ordered[-25]


def less(a, b):
    """Differences of the replicates of two samples."""
    if a is None or b is None:
        return None
    return [None if x is None or y is None else x - y for x, y in zip(a, b)]
