"""Reads an event log with PM4Py, writes it again with PM4Py, and prints what PM4Py sees in both, as JSON.

usage: roundtrip.py IN.xes OUT.xes [LOG.csv]

The legacy log object keeps cases without events; the data frame is what most users of PM4Py work with.
"""

import contextlib
import json
import sys
import warnings

warnings.simplefilter("ignore")
# PM4Py prints a banner when it is imported.
with contextlib.redirect_stdout(sys.stderr):
    import pandas
    import pm4py

from exact import micros


def of_frame(frame):
    """Cases, events and times of a data frame."""
    return {
        "cases": int(frame["case:concept:name"].nunique()),
        "events": len(frame),
        "times": sorted(micros(t) for t in frame["time:timestamp"]),
    }


def of_log(log):
    """Cases (those without events too), events and times of a log object."""
    times = [micros(event["time:timestamp"]) for trace in log for event in trace]
    return {"cases": len(log), "events": len(times), "times": sorted(times)}


def main(given, written, csv=None):
    """Prints the counts of both logs."""
    with contextlib.redirect_stdout(sys.stderr):
        log = pm4py.read_xes(given, return_legacy_log_object=True)
        seen = {"version": pm4py.__version__, "log": of_log(log), "frame": of_frame(pm4py.read_xes(given))}
        pm4py.write_xes(log, written)
        seen["again"] = of_log(pm4py.read_xes(written, return_legacy_log_object=True))
        if csv is not None:
            frame = pandas.read_csv(csv).dropna(subset=["time:timestamp"])
            seen["csv"] = of_frame(pm4py.format_dataframe(frame))
    json.dump(seen, sys.stdout)


main(*sys.argv[1:])
