"""A time as PM4Py gives it, exactly."""

import pandas


def micros(time):
    """UTC microseconds of a time, exactly."""
    stamp = pandas.Timestamp(time)
    if stamp.tzinfo is None:
        raise SystemExit(f"a time without zone: {time}")
    # `value` counts nanoseconds, whatever the stamp's own unit.
    whole, rest = divmod(stamp.value, 1000)
    if rest:
        raise SystemExit(f"a time finer than microseconds: {time}")
    return whole
