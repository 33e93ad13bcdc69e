"""`python -m core …`: the desk from the command line."""

import sys

from core.command import main

sys.exit(main())
