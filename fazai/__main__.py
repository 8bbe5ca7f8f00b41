"""`python -m fazai` is `fazai`."""

import sys

from fazai.cli import main

if __name__ == "__main__":
    sys.exit(main())
