"""Why a film cannot be shown, in the reader's language.

The pure rules and the transcode process say it in English, and so it is stored; here it is said
again to whoever reads it.
"""

import re

from django.utils.translation import gettext, gettext_noop

SENTENCES = (
    gettext_noop("This is a playlist, not a film. Upload the film itself."),
    gettext_noop("This is a web page, not a film. Perhaps the download page was saved instead."),
    gettext_noop("This is a picture, not a film."),
    gettext_noop("This is a packed archive. Unpack it and upload the film inside."),
    gettext_noop("This is a document, not a film."),
    gettext_noop("The file is empty."),
    gettext_noop("This is not a film we can read. Try MP4, MKV, MOV or WebM."),
    gettext_noop("The file is incomplete: its index is missing. It may be half a download."),
    gettext_noop("The file is damaged: its picture could not be decoded."),
    gettext_noop("Reading this file took too long. Convert it to MP4 and upload it again."),
    gettext_noop("This file has more than {most} tracks. Keep the picture and a few sound tracks."),
    gettext_noop("The uploaded file is gone. Please upload it again."),
    gettext_noop("The work was interrupted too often. Try again, or ask the operator."),
    gettext_noop("The film could not be converted. Try again, or ask the operator."),
    gettext_noop("The server's disk is full. Ask the operator to make room, then try again."),
    gettext_noop("The server's storage does not answer. Try again later."),
    gettext_noop("This film is copy-protected and cannot be played here."),
    gettext_noop("There is only sound in this file. Upload a film with a picture."),
    gettext_noop("There is neither picture nor sound in this file."),
    gettext_noop("The picture is {size}; the most we show is {most}."),
    gettext_noop("The film is {length} long; {most} is the most."),
    gettext_noop("The film is shorter than a tenth of a second."),
    gettext_noop(
        "This film is AV1, which this server cannot decode. Convert it to H.264 or VP9, "
        "or ask the operator for an ffmpeg with an AV1 decoder."
    ),
    gettext_noop(
        "The picture is of an unknown kind, which this server cannot decode. Convert it to H.264."
    ),
    gettext_noop("The picture is {codec}, which this server cannot decode. Convert it to H.264."),
    gettext_noop("This film has no sound."),
    gettext_noop("The sound of this film could not be read."),
    gettext_noop("Some qualities could not be made; the film plays in the others."),
    gettext_noop(
        "Reading this film to its end took too long. Try again when the server has less to do."
    ),
    gettext_noop("The file ends early, at {place} of {length}. It may be half a download."),
)


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)))


_PATTERNS = tuple((_pattern(sentence), sentence) for sentence in SENTENCES)


def refusal_words(stored: str) -> str:
    """A stored reason in the reader's language; what is not known is handed on as it is."""
    for pattern, sentence in _PATTERNS:
        if found := pattern.fullmatch(stored):
            return gettext(sentence).format(**found.groupdict())
    return stored
