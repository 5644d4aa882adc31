"""Chat's background work."""

from celery import shared_task

from chat import polls, services


@shared_task(name="chat.tasks.sweep")
def sweep() -> int:
    """Publish messages that were committed but never told, close polls whose time is over."""
    return services.unpublished_publish() + polls.overdue_close()
