"""python -m service EMAIL: takes a person out, by the settings in the environment, such as CLERK_URL."""

import os
import sys
from dataclasses import fields

from service import REFUSED, Settings
from service.offboarding import Offboarding

settings = Settings(**{field.name: os.environ[field.name.upper()] for field in fields(Settings)})
outcomes = Offboarding(settings).remove(sys.argv[1])
for outcome in outcomes:
    print(f"{outcome.vendor}: {outcome.result} {outcome.reason}".rstrip())
sys.exit(any(outcome.result == REFUSED for outcome in outcomes))
