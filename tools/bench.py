"""Runs every benchmark in `bench/` and prints its lines: `name ours floor ratio budget ok|over`.

A benchmark is a module with a docstring that says what it measures and a `main()` that prints such lines. A missed
budget is printed as missed and fails nothing: budgets are read by people, on a machine they know. A benchmark that
breaks fails the run.
"""

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Runs the benchmarks, or those named as arguments; returns 1 when one of them broke."""
    wanted = set(sys.argv[1:])
    modules = sorted(path for path in (CHECKOUT / "bench").glob("*.py") if not path.name.startswith("_"))
    chosen = [path for path in modules if not wanted or path.stem in wanted]
    sys.stdout.write("name ours floor ratio budget ok|over\n")
    sys.stdout.flush()
    broken = [path.stem for path in chosen if not _runs(path)]
    if broken:
        sys.stderr.write(f"broken: {', '.join(broken)}\n")
    return 1 if broken else 0


def _runs(path: Path) -> bool:
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}
    return subprocess.run([sys.executable, path], cwd=CHECKOUT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
