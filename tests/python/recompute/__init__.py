"""The figures of the performance report, recomputed from `tepat score` and the office's own files.

In: the tables of `tepat score`, the office's records, its standards and calendar. Out: figures. It must not use, nor follow the
code of, the measures it checks: everything here is written from the rules.
"""
