"""The figures of the IKM report, recomputed from the forms, the instruments and `tepat score`.

In: the forms as CSV, the instruments and standards as TOML, the tables of `tepat score`, the cases as CSV. Out: figures. It must not
use, nor follow the code of, the measures it checks: everything here is written from the rules.
"""
