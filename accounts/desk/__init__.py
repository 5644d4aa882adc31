"""The staff's desk: what every app's admin pages are built of.

Lists that stay quick however many rows there are, acts that say what will happen and ask first,
links from one thing to what belongs to it. No rules: an act calls the service that every other door
calls, and that one writes the audit.
"""

from accounts.desk.acts import Act, Order
from accounts.desk.forms import Nothing, ReasonForm
from accounts.desk.leads import Lead, lead, leads_from, link, page_of
from accounts.desk.panels import Line, Panel
from accounts.desk.thing import DeskAdmin

__all__ = [
    "Act", "DeskAdmin", "Lead", "Line", "Nothing", "Order", "Panel", "ReasonForm", "lead",
    "leads_from", "link", "page_of",
]  # fmt: skip
