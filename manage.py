#!/usr/bin/env python
"""The door for operators: `python manage.py help` lists what can be done."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not here. Run bin/run once, then use .venv/bin/python manage.py")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"SyncWatch cannot start: {error}")


if __name__ == "__main__":
    main()
