"""What staff type into a search box, and whom they mean by it."""

from django.db.models import Q

from accounts.models import User
from syncwatch.lib.ids import uuid_or_none

PEOPLE_MAX = 200


def people(term: str) -> Q:
    """People by id, by mail address or its beginning, or by a part of a name."""
    if pk := uuid_or_none(term):
        return Q(pk=pk)
    if "@" in term:
        return Q(email__istartswith=term)
    return Q(username__icontains=term) | Q(display_name__icontains=term)


def of_people(term: str, *fields: str) -> Q:
    """Rows whose `fields` point to people found by `term`. Looked up first and by themselves: a
    join would read both tables whole.
    """
    pk = uuid_or_none(term)
    ids = (
        [pk]
        if pk
        else list(User.objects.filter(people(term)).values_list("pk", flat=True)[:PEOPLE_MAX])
    )
    found = Q(pk__in=[])
    for field in fields:
        found |= Q(**{f"{field}__in": ids})
    return found
