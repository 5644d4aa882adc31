"""Signed delivery of films. Other apps ask here for addresses, and end them here."""

from videos.delivery.addresses import Holder, addresses, poster
from videos.delivery.revocation import end

__all__ = ["Holder", "addresses", "end", "poster"]
