"""What the corpus has to cover: traps of real submissions, and files that break readers, each in words."""

from __future__ import annotations

# What a submission from an office looks like.
OFFICES: dict[str, str] = {
    "E1": "title rows before the header, of varying count",
    "E2": "a header over two or three merged rows",
    "E3": "a row of column numbers",
    "E4": "roman or lettered section rows, bullets",
    "E5": "“Trong đó”, “Chia ra”: children that must not count twice",
    "E6": "“Tổng số” among its parts",
    "E7": "footnote markers glued to names or numbers",
    "E8": "signature block, notes, page numbers after the table",
    "E9": "wide and long layouts, several sheets, hidden sheets, rows, columns",
    "E10": "formulas without a value, error cells, external links",
    "E11": "the unit in the title, in the header, in the row, changing within the table",
    "E12": "point and comma of two conventions, three digits after a single separator",
    "E13": "a decimal below one",
    "E14": "thousands with a point, decimals with a point typed by hand",
    "E15": "numbers as text: apostrophe, no-break and thin spaces, full-width digits, O and l",
    "E16": "percent as fraction, with and without its sign; negatives, parentheses, “giảm”",
    "E17": "percent, percentage point, per mille",
    "E18": "qualifiers before a number",
    "E19": "ranges, hyphens and dashes, a range that became a date",
    "E20": "compound units, lost magnitudes, two currencies",
    "E21": "a lost number",
    "E22": "signs of a missing figure",
    "E23": "dates and periods in many ways of writing",
    "E24": "the administrative period from the 15th to the 14th",
    "E25": "the budget year that is settled until 31 January",
    "E26": "statuses written beside the period",
    "E27": "price bases",
    "E28": "codes and names that were used again",
    "E29": "ways of writing a unit's name",
    "E30": "departments before and after March 2025",
    "E31": "synonyms of indicators",
    "E32": "another breakdown of the same total",
    "E33": "a document number without date and issuer",
    "E34": "decomposed letters, windows-1258",
    "E35": "UTF-8 read as another encoding, byte order marks, UTF-16",
    "E36": "old and new place of a tone mark",
    "E37": "letters of TCVN3 and VNI fonts",
    "E38": "strike-outs and broken words of a scan",
    "E39": "shuffled diacritics, bodies that are no language",
    "E40": "a web page with its menus",
    "E41": "the same file again, corrections, wrong years, blanked cells",
    "E42": "text that a spreadsheet would run as a formula",
}

# Workbooks that break the usual readers.
READERS: dict[str, str] = {
    "4a-1": "one cell at the end of the sheet",
    "4a-2": "ten million cells",
    "4a-3": "half a gigabyte of blanks in the sheet",
    "4a-4": "half a gigabyte in one cell",
    "4a-5": "entities that multiply",
    "4a-6": "an entity that names a file",
    "4a-7": "a dimension that lies",
    "4a-8": "members that do not belong: paths upwards, macros",
    "4a-9": "error cells, NaN, infinity, text that looks like a formula",
    "4a-10": "a formula without a cached value",
    "4a-11": "a shared string that is not there",
    "4a-12": "empty, truncated, renamed, old, encrypted files",
}

# Input that is bad for what it says.
SAYINGS: dict[str, str] = {
    "4b-13": "file names that reach out of the folder or deceive the eye",
    "4b-14": "links, pipes, devices, folders in place of a file",
    "4b-15": "headers renamed, reordered, added, merged; hidden parts; two tables on a sheet",
    "4b-16": "ways of writing a number",
    "4b-17": "slips of the unit by a thousand or a hundred",
    "4b-18": "units that are unknown, were merged, renamed or dissolved",
    "4b-19": "negative counts, shares above the whole, parts that do not make the whole",
    "4b-20": "encodings and separators of text files",
    "4b-21": "formulas in text fields",
    "4b-22": "HTML and script in names and comments",
    "4b-23": "templates and SQL in cells, sheet names, file names",
}

TRAPS = OFFICES | READERS | SAYINGS
