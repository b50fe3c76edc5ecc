#!/usr/bin/env python3
"""Files that others made and we ship or test with: where from, which version, whose licence, which sum.

    python tools/vendor.py              check the sums of all of them (a test does the same)
    python tools/vendor.py fetch        fetch axe-core, sigma and graphology again with npm and check them
    python tools/vendor.py icons FOLDER put Lucide's single SVG files into one sprite
    python tools/vendor.py fonts FOLDER cut the fonts to the letters we need (pip install fonttools brotli)
    python tools/vendor.py face FOLDER  make the one weight for pictures out of the same originals

``FOLDER`` holds the originals: Lucide's icons by name, or the four WOFF2 files that Google Fonts serves. A new
file is written, and its new sum is printed: it goes into the list below by hand, so that no change is unseen.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = "src/kutomo/ground/ui/static/ui"
NETMAP = "src/kutomo/work/netmap"


@dataclass(frozen=True)
class Vendored:
    """One file: its path, what it is, its version, its licence (SPDX), the path of the licence's text, its sum."""

    path: str
    name: str
    version: str
    licence: str
    text: str
    sha256: str
    ships: bool = True


AXE = "4.14.1"
AXE_TARBALL = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"
SIGMA, GRAPHOLOGY = "3.0.3", "0.26.0"
TARBALLS = {  # package: version, sum of the parcel, files: inside -> ours
    "axe-core": (AXE, AXE_TARBALL, "tests/browser/vendor", {"axe.min.js": "axe.min.js", "LICENSE": "axe-LICENSE.txt"}),
    "sigma": (
        SIGMA,
        "ff467677a066c06ef81a2b66cde421a26cd629ef5321e4c08742b69c8d32a9bb",
        f"{NETMAP}/static/netmap/vendor",
        {"dist/sigma.min.js": "sigma.min.js", "LICENSE.txt": "sigma-LICENSE.txt"},
    ),
    "graphology": (
        GRAPHOLOGY,
        "3c0cc63556e32b9d00ea953dce29790a5e49fc448f19247e25540156caef6b98",
        f"{NETMAP}/static/netmap/vendor",
        {"dist/graphology.umd.min.js": "graphology.umd.min.js", "LICENSE.txt": "graphology-LICENSE.txt"},
    ),
}
_ATKINSON = ("Atkinson Hyperlegible Next, variable 400-700", "2.001", "OFL-1.1")
_FAMILJEN = ("Familjen Grotesk, bold", "2.002", "OFL-1.1")
_ATKINSON_TEXT, _FAMILJEN_TEXT = (
    f"{UI}/fonts/OFL-{name}.txt" for name in ("atkinson-hyperlegible-next", "familjen-grotesk")
)

FILES = [
    Vendored(
        f"{UI}/fonts/atkinson-core.woff2",
        *_ATKINSON,
        _ATKINSON_TEXT,
        "3f595d6dc53dac526804e5bd7212a2d0ca3b29bd60679ec98f2064399791bb49",
    ),
    Vendored(
        f"{UI}/fonts/atkinson-more.woff2",
        *_ATKINSON,
        _ATKINSON_TEXT,
        "d1f9b4e2f76c258607514e6d947b9feb1f8a5517fb0d6b079b2ab2d0a60b1645",
    ),
    Vendored(
        f"{UI}/fonts/atkinson-ext.woff2",
        *_ATKINSON,
        _ATKINSON_TEXT,
        "868cb0610b332eab2d0a05eee3da0824c530f020c7ec33da92d3676fc6c48b50",
    ),
    Vendored(
        f"{UI}/fonts/familjen-core.woff2",
        *_FAMILJEN,
        _FAMILJEN_TEXT,
        "ef6efa0638c20942a786e693a8e72151f1a92049c7c888087e5ef0be81bf65be",
    ),
    Vendored(
        f"{UI}/fonts/familjen-more.woff2",
        *_FAMILJEN,
        _FAMILJEN_TEXT,
        "40ccd35a9ea4e1868c4a44bf48768b11011b0b2b8c0f986f7271b8d63fa124a6",
    ),
    Vendored(
        f"{UI}/fonts/familjen-ext.woff2",
        *_FAMILJEN,
        _FAMILJEN_TEXT,
        "118cfa899983fd328b9815fce348f02e230469e80e636254eb1248a0572aa403",
    ),
    Vendored(
        f"{UI}/icons.svg",
        "Lucide icons (a choice of 50)",
        "as of 2026-11",
        "ISC",
        f"{UI}/icons-LICENSE.txt",
        "211d00524dde044e24ad8a8b323a980bda0a06672d1f0882e2aa12da73af2cb2",
    ),
    Vendored(
        f"{NETMAP}/content/atkinson-600.ttf",
        "Atkinson Hyperlegible Next, weight 600, for pictures made on the server",
        "2.001",
        "OFL-1.1",
        _ATKINSON_TEXT,
        "bbbf970a66d2d074da6440054bbc9746cb46920e584b9fa10895ea022f4b6a5c",
    ),
    Vendored(
        f"{NETMAP}/static/netmap/vendor/sigma.min.js",
        "sigma",
        SIGMA,
        "MIT",
        f"{NETMAP}/static/netmap/vendor/sigma-LICENSE.txt",
        "58e30383ab428f832068d9d16a5215c65ba12430d438ed091c5703f398de9e16",
    ),
    Vendored(
        f"{NETMAP}/static/netmap/vendor/graphology.umd.min.js",
        "graphology (without the line that names its source map)",
        GRAPHOLOGY,
        "MIT",
        f"{NETMAP}/static/netmap/vendor/graphology-LICENSE.txt",
        "e65803eba4826a52a84ec3fedebda3e2434ff25d86b3e2309bfe6575141ab2ff",
    ),
    Vendored(
        "tests/browser/vendor/axe.min.js",
        "axe-core",
        AXE,
        "MPL-2.0",
        "tests/browser/vendor/axe-LICENSE.txt",
        "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
        ships=False,
    ),
]

CORE = (
    "U+20-7E,U+A0,U+A7,U+AD,U+B0,U+B7,U+BB,U+C4-C5,U+D6-D7,U+DC,U+E4-E5,U+E9,U+F6,U+FC,U+2010-2011,"
    "U+2013-2014,U+2018-2019,U+201C-201D,U+2026,U+20AC,U+2212"
)
MORE = (
    "U+A1-A6,U+A8-AC,U+AE-AF,U+B1-B6,U+B8-BA,U+BC-C3,U+C6-D5,U+D8-DB,U+DD-E3,U+E6-E8,U+EA-F5,U+F7-FB,U+FD-FF,"
    "U+152-153,U+201A,U+201E,U+2022,U+2039-203A,U+2044,U+2122"
)
EXT = "U+100-151,U+154-24F,U+1E00-1EFF"
CUTS = [  # original, result, letters (the unicode-range of kutomo.css), weights, features
    ("atkinson-next-latin.woff2", "atkinson-core.woff2", CORE, (400, 700), "tnum"),
    ("atkinson-next-latin.woff2", "atkinson-more.woff2", MORE, (400, 700), "tnum"),
    ("atkinson-next-latin-ext.woff2", "atkinson-ext.woff2", EXT, (400, 700), "tnum"),
    ("familjen-latin.woff2", "familjen-core.woff2", CORE, 700, "tnum kern"),
    ("familjen-latin.woff2", "familjen-more.woff2", MORE, 700, "tnum kern"),
    ("familjen-latin-ext.woff2", "familjen-ext.woff2", EXT, 700, "tnum kern"),
]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check() -> list[str]:
    """What is wrong, one sentence each; empty when all is well."""
    wrong = []
    for file in FILES:
        place = ROOT / file.path
        if not place.exists():
            wrong.append(f"{file.path} is missing.")
        elif sha256(place) != file.sha256:
            wrong.append(f"{file.path} has another sum than the list: {sha256(place)}")
        if not (ROOT / file.text).exists():
            wrong.append(f"{file.path} lacks the text of its licence, {file.text}.")
    return wrong


def fetch() -> None:
    """axe-core, sigma and graphology from npm, by their exact versions and sums."""
    for package, (version, parcel, place, files) in TARBALLS.items():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
            archive = next(Path(folder).glob("*.tgz"))
            if sha256(archive) != parcel:
                sys.exit(f"npm gave another {package} than before: {sha256(archive)}")
            (ROOT / place).mkdir(parents=True, exist_ok=True)
            with tarfile.open(archive) as tar:
                for inside, name in files.items():
                    source = tar.extractfile(f"package/{inside}")
                    assert source is not None
                    # Source maps are not shipped, and a file that names one cannot be given a name by its content.
                    (ROOT / place / name).write_bytes(re.sub(rb"\n?//# sourceMappingURL=.*\n?$", b"\n", source.read()))


def icons(folder: Path) -> None:
    """One sprite out of single icons, in the order of their names."""
    symbols = []
    for place in sorted(folder.glob("*.svg")):
        found = re.search(r"<svg[^>]*>(.*)</svg>", place.read_text(encoding="utf-8"), re.S)
        assert found, place
        drawn = re.sub(r"\s+", " ", found[1]).replace("> <", "><").replace(" />", "/>").strip()
        symbols.append(f'<symbol id="{place.stem}" viewBox="0 0 24 24">{drawn}</symbol>')
    note = "<!-- Lucide icons, ISC licence: icons-LICENSE.txt. Made by tools/vendor.py. -->"
    sprite = "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', note, *symbols, "</svg>", ""])
    (ROOT / UI / "icons.svg").write_text(sprite, encoding="utf-8")


def fonts(folder: Path) -> None:
    """The letters of each range, the weights we use, no hinting. Text does without kerning, a fifth of its size."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    for original, result, ranges, weights, features in CUTS:
        font = TTFont(folder / original, recalcTimestamp=False)
        options = subset.Options(flavor="woff2", hinting=False, layout_features=features.split())
        options.name_IDs = [0, 1, 2, 5, 13, 14]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(ranges.replace("U+", "")))
        cutter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": weights})
        subset.save_font(font, str(ROOT / UI / "fonts" / result), options)


def face(folder: Path) -> None:
    """One weight of Atkinson with all letters as TTF: what draws pictures on the server reads no WOFF2."""
    from fontTools import merge, subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    parts, names = [], []
    with tempfile.TemporaryDirectory() as scratch:
        for original, ranges in (
            ("atkinson-next-latin.woff2", "20-7E,A0-FF,152-153,2010-2026,2039-203A,20AC,2122,2212"),
            ("atkinson-next-latin-ext.woff2", "100-151,154-24F,1E00-1EFF"),
        ):
            font = instancer.instantiateVariableFont(TTFont(folder / original, recalcTimestamp=False), {"wght": 600})
            names = names or [(row.nameID, row.toUnicode()) for row in font["name"].names if row.nameID in (0, 5, 14)]
            cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=["ccmp", "mark"]))
            cutter.populate(unicodes=subset.parse_unicodes(ranges))
            cutter.subset(font)
            font.flavor = None
            parts.append(f"{scratch}/{len(parts)}.ttf")
            font.save(parts[-1])
        made = merge.Merger(merge.Options(drop_tables=["GPOS", "GSUB", "GDEF", "STAT", "HVAR", "MVAR"])).merge(parts)
    made["name"].names = []
    whole = "Atkinson Hyperlegible Next"
    more = [(1, whole), (2, "Regular"), (4, whole), (6, "AtkinsonHyperlegibleNext-SemiBold")]
    for number, text in [*names, *more]:
        made["name"].setName(text, number, 3, 1, 0x409)
        made["name"].setName(text, number, 1, 0, 0)
    made.save(ROOT / NETMAP / "content" / "atkinson-600.ttf")


def main(words: list[str]) -> None:
    match words:
        case []:
            pass
        case ["fetch"]:
            fetch()
        case ["icons", folder]:
            icons(Path(folder))
        case ["fonts", folder]:
            fonts(Path(folder))
        case ["face", folder]:
            face(Path(folder))
        case _:
            sys.exit(__doc__)
    wrong = check()
    for sentence in wrong:
        print(sentence)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
