"""People, a room with a conversation, and a film, to look at SyncWatch with.

The audit remembers what was made, so that a second run makes only what is missing, and that nobody
is ever taken away who merely has such a name.
"""

import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.errors import USERNAME_TAKEN
from accounts.models import AuditEntry, User
from accounts.services import account_erase, account_register
from chat.services import message_send
from playback.models import QueueItem
from playback.services import item_add
from rooms.memberships import place_take
from rooms.models import Membership, Role, Room
from rooms.services import room_close, room_create
from syncwatch.lib import ids, parts
from syncwatch.lib.errors import ApiError
from syncwatch.lib.ids import uuid_or_none
from syncwatch.lib.redis import RedisError
from videos.models import State, Video
from videos.uploads.local import film_take_in

MADE = "demo.make"
PEOPLE = {"mara": "Mara", "ana": "Ana", "ilya": "Ilya"}
ROOM_NAME, FILM_TITLE = "Demo: an evening with a test card", "A test card and a tone"
CLIP_S, CLIP_SIZE, CLIP_FPS = 20, "1280x720", 30
WORDS = (
    ("mara", "Hello you two! I found something to watch."),
    ("ana", "At last. What is it?"),
    ("mara", "Twenty seconds of a test card, with a tone. A classic."),
    ("ilya", "I bring the popcorn. Press play when you are ready."),
)


@dataclass
class Demo:
    """What is there now; `fresh` are the passwords of those who were made just now."""

    people: dict[str, User]
    room: Room
    film: Video
    fresh: dict[str, str] = field(default_factory=dict)


def demo_make() -> Demo:
    """Make whatever is missing. Raises PartMissing without ffmpeg."""
    people, fresh = _people()
    room = _room(people)
    film = _film(people["mara"])
    if not QueueItem.objects.filter(room=room, video=film).exists():
        item_add(room=room, by=people["mara"], video_id=str(film.pk))
    return Demo(people, room, film, fresh)


def _made(what: str) -> list[UUID]:
    rows = AuditEntry.objects.filter(action=MADE, detail__what=what)
    found = (uuid_or_none(target) for target in rows.values_list("target", flat=True))
    return [pk for pk in found if pk is not None]


def demo_people() -> list[User]:
    """Those who still are there; an erased one has no name."""
    return list(User.objects.filter(pk__in=_made("person"), username__isnull=False))


def demo_rooms() -> list[Room]:
    return list(Room.objects.filter(pk__in=_made("room")))


def _people() -> tuple[dict[str, User], dict[str, str]]:
    known = {user.display_name: user for user in demo_people()}
    people, fresh = {}, {}
    for key, name in PEOPLE.items():
        if name not in known:
            fresh[key] = ids.token(12)
            known[name] = _person(key, name, fresh[key])
        people[key] = known[name]
    return people, fresh


@transaction.atomic
def _person(key: str, name: str, password: str) -> User:
    try:
        with transaction.atomic():
            user = _registered(f"demo-{key}", name, password)
    except ApiError as error:
        if error.code != USERNAME_TAKEN:
            raise
        user = _registered(f"demo-{key}-{ids.b32(6)}", name, password)
    audit.record(None, MADE, user.pk, {"what": "person"})
    return user


def _registered(username: str, name: str, password: str) -> User:
    return account_register(username=username, password=password, display_name=name, email="")


def _room(people: dict[str, User]) -> Room:
    room = next((room for room in demo_rooms() if room.closed_at is None), None)
    if room is None:
        with transaction.atomic():
            room = room_create(owner=people["mara"], name=ROOM_NAME)
            audit.record(None, MADE, room.pk, {"what": "room"})
    for key in ("ana", "ilya"):
        if not Membership.objects.filter(room=room, user=people[key]).exists():
            place_take(user=people[key], room=room, role=Role.MEMBER)
    for number, (key, body) in enumerate(WORDS):
        with suppress(RedisError):  # it is written, and told by the sweep
            message_send(
                room_id=str(room.pk), author_id=str(people[key].pk), body=body,
                nonce=f"demo-{number}",
            )  # fmt: skip
    return room


def _film(owner: User) -> Video:
    whole = Video.objects.filter(pk__in=_made("film"), deleted_at=None)
    film = whole.exclude(state__in=[State.FAILED, State.UPLOADING]).first()
    if film is not None:
        return film
    with tempfile.TemporaryDirectory(prefix="sw-demo-") as folder:
        clip = Path(folder) / "demo.mp4"
        _clip_make(clip)
        film = film_take_in(owner=owner, path=clip, title=FILM_TITLE)
    audit.record(None, MADE, film.pk, {"what": "film"})
    return film


def _clip_make(to: Path) -> None:
    """A moving test picture with beeps: H.264 and AAC, a key frame every two seconds."""
    argv = [
        parts.path("ffmpeg"), "-nostdin", "-v", "error", "-y",
        "-f", "lavfi", "-i", f"testsrc2=size={CLIP_SIZE}:rate={CLIP_FPS}",
        "-f", "lavfi", "-i", "sine=frequency=440:beep_factor=2:sample_rate=48000",
        "-t", str(CLIP_S), "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p",
        "-g", str(2 * CLIP_FPS), "-c:a", "aac", "-b:a", "96k", str(to),
    ]  # fmt: skip
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"ffmpeg could not make the film: {done.stderr.strip()[-300:]}")


def film_wait(film: Video, *, look: Callable[[Video], object], most: int) -> Video:
    """Look at the film until it is ready or failed, `most` times; `look` waits in between."""
    for _ in range(most):
        film.refresh_from_db()
        if film.state in {State.READY, State.FAILED}:
            break
        look(film)
    return film


def part_remove(part: User | Room) -> None:
    """A room for good, with its history; a person with everything, films too."""
    if isinstance(part, User):
        account_erase(user=part)
        return
    with transaction.atomic():
        room_close(room=part, by=None)
        part.delete()
        audit.record(None, "demo.clear", part.code)
