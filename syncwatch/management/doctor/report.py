"""All examinations in their order, and the report for people."""

from collections.abc import Iterator, Sequence

from syncwatch.management.doctor import programs, relay, services, site
from syncwatch.management.doctor.finding import Examination, Finding, examine

EXAMINATIONS: tuple[tuple[str, Examination], ...] = (
    ("Python", programs.python),
    ("packages", programs.packages),
    ("browser files", programs.browser_files),
    ("ffmpeg", programs.ffmpeg),
    ("ffprobe", programs.ffprobe),
    ("Redis program", programs.redis_server),
    ("Node.js", programs.node),
    ("keys", site.keys),
    ("address", site.address),
    ("disk", site.disk),
    ("database", services.database),
    ("migrations", services.migrations),
    ("Redis", services.redis_answers),
    ("storage", services.storage),
    ("relay", relay.relay),
    ("processes", services.processes),
    ("system checks", site.system_checks),
)
_MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


def findings() -> Iterator[Finding]:
    for name, ask in EXAMINATIONS:
        if ask is programs.redis_server and not services.embedded():
            continue  # another machine's business
        yield examine(name, ask)


def as_text(finding: Finding) -> str:
    line = f"{_MARKS[finding.state]}  {finding.name:<14} {finding.words}"
    return f"{line}\n{'':<22}→ {finding.mend}" if finding.mend else line


def conclusion(found: Sequence[Finding]) -> str:
    wrong = [finding.name for finding in found if finding.state == "wrong"]
    return f"{len(wrong)} wrong: {', '.join(wrong)}." if wrong else "Nothing is wrong."
