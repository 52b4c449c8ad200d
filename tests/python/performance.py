"""Recomputes every figure of a performance report from `tepat score` and compares.

Usage: performance.py OFFICE EDITION SCORES SHIPPED EXTRACTED. OFFICE is the workspace, EDITION the folder with figures.json,
SCORES holds a folder for each reading (own, exclude, include, restart, joint_leave) with cases-*.csv and steps-*.csv, SHIPPED
the standards that come with the program, EXTRACTED the instant the office's records were taken. Prints each difference on a
line; ends with 0 where there is none, else with 1.
"""

import json
import sys
from pathlib import Path

from recompute import findings, follow_up, office, paths, people, stages
from recompute.table import Table
from recompute.world import World

PARTS = (office, stages, people, paths, findings, follow_up)


def recomputed(world):
    table = Table(world.least_n)
    for part in PARTS:
        part.write(table, world)
    return {key: as_written(row) for key, row in table.rows.items()}


def as_written(row):
    """Without the numerator of a withheld share, which would give the share away."""
    n, hits, of, value, printed = row
    return (n, None if value is None and of else hits, of, value, printed)


def published(edition):
    rows = {}
    for f in json.loads((Path(edition) / "figures.json").read_text()):
        key = (f["indicator"], f["period"], tuple(sorted(f["group"].items())))
        if key in rows:
            raise SystemExit(f"published twice: {key}")
        rows[key] = (f["n"], f["numerator"], f["denominator"], f["value"], f["printed"])
    return rows


def agree(a, b):
    if a[:3] != b[:3] or a[4] != b[4] or (a[3] is None) != (b[3] is None):
        return False
    return a[3] is None or abs(a[3] - b[3]) <= 1e-9 * max(1.0, abs(a[3]), abs(b[3]))


def differences(ours, theirs):
    for key in sorted(ours.keys() | theirs.keys()):
        words = f"{key[0]} {key[1]} {dict(key[2])}"
        if key not in theirs:
            yield f"not published: {words}: recomputed {ours[key]}"
        elif key not in ours:
            yield f"not recomputed: {words}: published {theirs[key]}"
        elif not agree(ours[key], theirs[key]):
            yield f"differs: {words}: published {theirs[key]}, recomputed {ours[key]}"


def main():
    if len(sys.argv) != 6:
        raise SystemExit(__doc__)
    theirs = published(sys.argv[2])
    found = list(differences(recomputed(World(*sys.argv[1:])), theirs))
    for line in found:
        print(line)
    print(f"{len(theirs)} figures, {len(found)} differences", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
