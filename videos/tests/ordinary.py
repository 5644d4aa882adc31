"""A worker without root's rights, as in a container: ordinary.py (codecs|limited|film) FILM.

Its database and media are in SYNCWATCH_DATA. The interpreter may lie where nobody but root can
read, so everything is loaded by one film made as root; then the process becomes an ordinary one.
"""

import os
import resource
import sys
from pathlib import Path

import django

NOBODY = 65534
FEW_FILES = 200


def become_ordinary():
    from django.conf import settings

    for path in (settings.DATA_DIR, *Path(settings.DATA_DIR).rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def codecs(path):
    from videos.encoder import probe

    known = probe.decodable()
    become_ordinary()
    probe.decodable.cache_clear()
    sys.stdout.write("same" if probe.decodable() == known else "other")


def limited(path):
    """Where the operator lets the worker open fewer files than we let a child of ours."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, FEW_FILES))
    codecs(path)


def film(path):
    from django.core.management import call_command

    from accounts.models import User
    from videos.encoder import probe
    from videos.models import Video
    from videos.pipeline.work import work_on
    from videos.tests.films import arrived

    call_command("migrate", verbosity=0)
    mara = User.objects.create_guest("Mara")
    first, second = arrived(mara, Path(path)), arrived(mara, Path(path))
    work_on(first.pk)
    become_ordinary()
    probe.decodable.cache_clear()
    work_on(second.pk)
    made = Video.objects.get(pk=second.pk)
    sys.stdout.write(f"{os.geteuid()} {made.state} {made.error_message}".rstrip())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")
    django.setup()
    {"codecs": codecs, "limited": limited, "film": film}[sys.argv[1]](sys.argv[2])
