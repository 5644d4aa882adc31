"""Chat's background work."""

from celery import shared_task

from chat import services


@shared_task(name="chat.tasks.sweep")
def sweep() -> int:
    """Publish messages that were committed but never told."""
    return services.unpublished_publish()
