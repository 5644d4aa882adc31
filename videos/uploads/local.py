"""A film that lies on this machine, taken in on the way that every upload takes."""

from pathlib import Path

from accounts.models import User
from videos.models import Video
from videos.uploads import services
from videos.uploads.intake import Intake

PIECE_BYTES = 1024**2


def film_take_in(*, owner: User, path: Path, title: str) -> Video:
    """Store it, and let it wait for a worker. Refuses what an upload would be refused for."""
    size = path.stat().st_size
    most, past = services.byte_budget(owner)
    upload = services.upload_create(owner=owner, title=title, file_name=path.name, length=size)
    intake = Intake(upload, most=most, past=past)
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                intake.write(piece)
        return intake.finish()
    except BaseException:
        services.upload_discard(upload=upload)
        raise
    finally:
        intake.close()
