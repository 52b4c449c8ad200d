"""Recomputes every figure of an IKM report from the forms, the instruments and `tepat score`, and compares.

Usage: ikm.py OFFICE EDITION SCORES SHIPPED RESPONSES CASES. OFFICE is the workspace, EDITION the folder with figures.json and
manifest.json, SCORES holds cases*.csv and steps*.csv as scored at the report's as_of, SHIPPED the standards that come with the
program, RESPONSES and CASES the office's forms and cases as CSV with the headers of the contract. Prints each difference on a line;
ends with 0 where there is none, else with 1. Needs the standard library only.
"""

import sys

from performance import as_written, differences, published
from recompute.table import Table
from survey.figures import write
from survey.world import World


def recomputed(world):
    table = Table(world.least_n)
    write(table, world)
    return {key: as_written(row) for key, row in table.rows.items()}


def main():
    if len(sys.argv) != 7:
        raise SystemExit(__doc__)
    theirs = published(sys.argv[2])
    found = list(differences(recomputed(World(*sys.argv[1:])), theirs))
    for line in found:
        print(line)
    print(f"{len(theirs)} figures, {len(found)} differences", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
