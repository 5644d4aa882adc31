"""Commands for operators and the supervisor behind `manage.py serve`."""
