"""openpyxl → openpyxl without numpy and Pillow, which it would import if it could.

To be imported before openpyxl, and only by a process of its own. Neither is needed for a copy: figures are plain
numbers, pictures are left out. Importing them costs more than making the copy, and Pillow would decode
whatever pictures a stranger put into the file.
"""

from __future__ import annotations

import sys

for name in ("numpy", "PIL"):
    # None: an import of it says that there is no such module.
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]
