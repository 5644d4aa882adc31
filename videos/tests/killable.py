"""A worker as a process of its own, so that a test can kill it: killable.py (prepare|work|finish).

Its database and media are in SYNCWATCH_DATA.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import django


def prepare(path):
    from django.core.management import call_command

    from accounts.models import User
    from videos.tests.films import arrived

    call_command("migrate", verbosity=0)
    video = arrived(User.objects.create_guest("Mara"), Path(path))
    sys.stdout.write(str(video.pk))


def work(video_id):
    """Read the film at a few times its speed, so that there is time to be killed."""
    from videos.encoder import commands, process
    from videos.pipeline import stages
    from videos.pipeline.work import work_on

    process.NICENESS = 0
    stages.make_extras = lambda shop, source: None  # pictures are for the next worker
    source = commands._source
    commands._source = lambda **options: source(readrate=6, **options)
    work_on(video_id)


def finish(video_id):
    """What happens once the lease has run out: the sweep calls, another worker goes on."""
    from django.db import transaction

    from syncwatch.lib import clock
    from videos import hints, services, tasks
    from videos.models import Video
    from videos.tests import films

    called = []
    hints._send = lambda task, video_id: called.append(video_id)
    transaction.on_commit = lambda act: act()
    row = Video.objects.filter(pk=video_id)
    row.update(lease_until=clock.now() + timedelta(seconds=20))
    assert services.sweep()["hinted"] == 0, "the dead worker's lease still runs"
    row.update(lease_until=clock.now() - timedelta(seconds=1))
    services.sweep()
    tasks.transcode(called.pop())
    video = Video.objects.get(pk=video_id)
    tracks = [row.name for row in video.renditions.all()] + ["a0"]
    films.assert_delivered(video, seconds=20)
    told = {
        "state": video.state,
        "times": {track: films.times(video, track) for track in tracks},
        "names": {track: films.media(video, track).names for track in tracks},
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "syncwatch.settings")
    django.setup()
    {"prepare": prepare, "work": work, "finish": finish}[sys.argv[1]](sys.argv[2])
