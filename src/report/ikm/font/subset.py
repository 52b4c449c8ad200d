"""Makes TepatSans-*.ttf from Liberation Sans: Latin letters and punctuation only, unhinted, renamed as its licence asks.

In: a folder with LiberationSans-Regular.ttf and LiberationSans-Bold.ttf, release 2.1.5. Out: two files beside this script,
the same bytes each time (fonttools 4.68.0)."""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2032, 0x2033), (0x20AC, 0x20AC), (0x2212, 0x2212), (0xFFFD, 0xFFFD)]
SOURCE = "Subset of Liberation Sans 2.1.5; see OFL.txt."


def make(folder: Path, style: str) -> None:
    font = TTFont(folder / f"LiberationSans-{style}.ttf", recalcTimestamp=False)
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "ccmp", "mark", "mkmk"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in RANGES for c in range(low, high + 1)])
    subsetter.subset(font)
    named = {1: "Tepat Sans", 3: f"Tepat Sans {style} 1", 4: f"Tepat Sans {style}", 5: f"Version 1. {SOURCE}", 6: f"TepatSans-{style}"}
    for record in list(font["name"].names):
        if record.nameID in named:
            record.string = named[record.nameID]
    font.save(Path(__file__).parent / f"TepatSans-{style}.ttf", reorderTables=True)


for style in ["Regular", "Bold"]:
    make(Path(sys.argv[1]), style)
