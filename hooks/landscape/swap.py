"""Puts a finished site in the place of the last one, in one step: whoever asks gets the one or the other, never a part of each."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100  # "from the present folder", in Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2 and RENAME_SWAP of macOS's renamex_np have the same number


def put_in_place(new: Path, site: Path) -> None:
    """Make the folder ``new`` be ``site``. The last site, if there is one, is deleted when the new one stands."""
    site.parent.mkdir(parents=True, exist_ok=True)
    if site.exists():
        if not _exchange(new, site):
            _one_after_the_other(new, site)
        shutil.rmtree(new)
    else:
        new.rename(site)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step. False where the system or the disk cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        return library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0
    if hasattr(library, "renamex_np"):
        return library.renamex_np(*names, _EXCHANGE) == 0
    return False


def _one_after_the_other(new: Path, site: Path) -> None:
    """Two steps, where one is not to be had: for a moment there is no site."""
    old = new.with_name(f"{new.name}.old")
    site.rename(old)
    new.rename(site)
    old.rename(new)


def remove_leftovers(site: Path) -> None:
    """Delete what builds of this site left that were stopped at once. Their folders end in the number of their process."""
    for left in site.parent.glob(f"{site.name}.new.*"):
        number = left.name.removeprefix(f"{site.name}.new.").partition(".")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


if __name__ == "__main__":
    if sys.argv[1] == "clean":
        remove_leftovers(Path(sys.argv[2]))
    else:
        put_in_place(Path(sys.argv[1]), Path(sys.argv[2]))
