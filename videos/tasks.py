"""What workers do: make films, sweep, purge."""

from celery import shared_task

from videos import jobs, services
from videos.pipeline.work import work_on


@shared_task(name="videos.tasks.transcode", acks_late=True, reject_on_worker_lost=True)
def transcode(video_id: str) -> None:
    """A hint that this film wants work. Films that nobody can watch yet go first."""
    urgent = jobs.first_in_line()
    while urgent and str(urgent) != video_id:
        work_on(urgent)
        services.hint_if_unfinished(urgent)
        before, urgent = urgent, jobs.first_in_line()
        if urgent == before:
            break
    work_on(video_id)
    services.hint_if_unfinished(video_id)


@shared_task(name="videos.tasks.purge")
def purge(video_id: str) -> None:
    services.video_purge(video_id=video_id)


@shared_task(name="videos.tasks.sweep")
def sweep() -> None:
    """Every 30 s: films whose worker is gone, deleted films, uploads nobody finished."""
    services.sweep()
