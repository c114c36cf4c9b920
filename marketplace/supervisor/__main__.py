"""`python -m marketplace.supervisor`: what `manage.py up` becomes once it knows the settings.

A process of its own without Django, because it stays for as long as the market runs.
"""

import argparse
import sys
from pathlib import Path

from marketplace.supervisor.run import Run


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--sandbox", action="store_true")
    parser.add_argument("--seed", action="store_true")
    parser.add_argument("--reset", action="store_true")
    given = parser.parse_args()
    run = Run(
        var=given.var, host=given.host, port=given.port, sandbox=given.sandbox, seed=given.seed
    )
    return run.run(reset=given.reset)


if __name__ == "__main__":
    sys.exit(main())
