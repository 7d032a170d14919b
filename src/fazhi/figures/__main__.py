"""`python -m fazhi.figures FILE…`: what is read from each file and found in it, one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fazhi.figures.batch import read_many
from fazhi.figures.lexicon import built_in


def main(arguments: list[str] | None = None) -> int:
    """Read the files named, write JSON to standard output, tell progress on standard error; 1 when a file failed."""
    parser = argparse.ArgumentParser(prog="python -m fazhi.figures", description="读取公文中的数据")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="txt、html、docx 或带文字的 pdf")
    parser.add_argument("--lexicon", type=Path, metavar="词表", help="追加的词表,TOML 格式")
    given = parser.parse_args(arguments)
    words = built_in().extended(given.lexicon) if given.lexicon else None
    failed = 0
    for done, reading in enumerate(read_many(given.files, lexicon=words), start=1):
        sys.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False) + "\n")
        failed += bool(reading.error)
        sys.stderr.write(
            f"{done}/{len(given.files)} {reading.path.name} {reading.error or f'{len(reading.statements)}项'}\n"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
