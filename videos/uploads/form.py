"""A form with one film in it, read as it arrives. It blocks; `simple` calls it in threads."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from accounts.models import User
from syncwatch.lib.errors import Invalid, Malformed
from videos.models import Upload, Video
from videos.rules.admission import EMPTY
from videos.uploads import services
from videos.uploads.intake import Intake
from videos.words import refusal_words

logging.getLogger("python_multipart").setLevel(logging.ERROR)  # broken forms are no news of ours

FRAME_BYTES = 64 * 1024  # what a form may have around its file
TITLE_MAX_BYTES = 4096
FILE, TITLE = "file", "title"


class Form:
    """`file` and, before or after it, `title`. Nothing stays of a form that ends badly."""

    def __init__(self, boundary: bytes, owner: User, length: int | None) -> None:
        self._owner, self._length = owner, length
        self._most, self._past = services.byte_budget(owner)
        if (length or 0) > self._most + FRAME_BYTES or not self._most:
            raise self._past
        self._intake: Intake | None = None
        self._upload: Upload | None = None
        self._finished = self._complete = False
        self._file_name, self._title = "", bytearray()
        self._field, self._value, self._disposition = bytearray(), bytearray(), b""
        self._seen: set[str] = set()
        self._take: Callable[[bytes], None] = self._refuse_stray
        with _told():
            self._parser = self._make_parser(boundary)

    def _make_parser(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begin,
                "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": lambda data, start, end: self._take(data[start:end]),
                "on_end": self._end,
            },
        )

    def feed(self, data: bytes) -> None:
        with _told():
            self._parser.write(data)

    def finish(self) -> Video:
        """The end of the body: the film goes to the workers."""
        if not self._complete:
            raise Malformed(gettext("This form is cut off: its last boundary is missing."))
        if self._intake is None or self._upload is None:
            raise _invalid(FILE, gettext("Choose a file: the form has no field named file."))
        if not self._intake.offset:
            raise _invalid(FILE, refusal_words(EMPTY.message))
        services.upload_retitle(
            upload=self._upload, title=self._title.decode(errors="replace"),
            file_name=self._file_name,
        )  # fmt: skip
        video = self._intake.finish()
        self._finished = True
        return video

    def close(self) -> None:
        if self._intake is not None:
            self._intake.close()
        if self._upload is not None and not self._finished:
            services.upload_discard(upload=self._upload)

    def _part_begin(self) -> None:
        self._disposition = b""
        self._take = self._refuse_stray

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"").decode(errors="replace")
        if name not in (FILE, TITLE):
            raise _invalid(
                name, gettext("This field is not known. Send file and, if you like, title.")
            )
        if name in self._seen:
            raise _invalid(name, gettext("Send one {name} only.").format(name=name))
        self._seen.add(name)
        if name == FILE:
            self._begin_file(options.get(b"filename", b"").decode(errors="replace"))
        else:
            self._take = self._take_title

    def _begin_file(self, file_name: str) -> None:
        self._file_name = file_name
        self._upload = services.upload_create(
            owner=self._owner, title=self._title.decode(errors="replace"), file_name=file_name,
            length=None, expected=min(self._length or 0, self._most),
        )  # fmt: skip
        self._intake = Intake(self._upload, most=self._most, past=self._past)
        self._take = self._intake.write

    def _take_title(self, data: bytes) -> None:
        self._title += data
        if len(self._title) > TITLE_MAX_BYTES:
            raise _invalid(TITLE, gettext("This title is too long."))

    def _refuse_stray(self, data: bytes) -> None:
        raise Malformed(gettext("This form is broken: there are bytes before its first field."))

    def _end(self) -> None:
        self._complete = True


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except FormParserError as error:
        raise Malformed(gettext("This form is broken. Send multipart/form-data.")) from error


def _invalid(field: str, words: str) -> Invalid:
    return Invalid(words, {field: [words]})
