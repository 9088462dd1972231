"""openpyxl → openpyxl without numpy and Pillow, which it would import if it could.

To be imported before openpyxl, and only by a process of its own. Neither is needed for a copy: figures are plain
numbers, pictures are left out. Importing them costs more than making the copy, and Pillow would decode
whatever pictures a stranger put into the file. Whoever needs numpy later, for another kind of file, may import it.
"""

from __future__ import annotations

import sys

_left_out = [name for name in ("numpy", "PIL") if name not in sys.modules]
# None: an import of it says that there is no such module.
sys.modules.update(dict.fromkeys(_left_out))  # type: ignore[arg-type]  # None is what the import machinery looks for
try:
    import openpyxl  # noqa: F401 - imported now, while the two are out
finally:
    for name in _left_out:
        del sys.modules[name]
