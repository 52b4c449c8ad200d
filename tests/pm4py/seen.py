"""Prints what PM4Py sees in an event log, as JSON: for each case its name and its events (activity, UTC microseconds).

usage: seen.py LOG.xes
"""

import contextlib
import json
import sys
import warnings

warnings.simplefilter("ignore")
# PM4Py prints a banner when it is imported.
with contextlib.redirect_stdout(sys.stderr):
    import pm4py

from exact import micros


def main(path):
    """Prints the cases in the order of the file."""
    with contextlib.redirect_stdout(sys.stderr):
        log = pm4py.read_xes(path, return_legacy_log_object=True)
    event = lambda e: [e.get("concept:name"), micros(e["time:timestamp"]) if "time:timestamp" in e else None]
    json.dump([[trace.attributes.get("concept:name"), [event(e) for e in trace]] for trace in log], sys.stdout)


main(*sys.argv[1:])
