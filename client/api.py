"""The HTTP side: signing in, coming into a room, staying signed in."""

import asyncio
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from client.errors import Refused, Unreachable

TIMEOUT_S = 20.0


class Api:
    """One person at the API of the server at `url`. With `access` alone a sign-in ends by itself
    after a quarter of an hour; `guest` and `refresh` go on for as long as one likes.
    """

    def __init__(
        self,
        url: str,
        *,
        access: str = "",
        refresh: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        parts = urlsplit(url)
        self.url = f"{parts.scheme}://{parts.netloc}" if parts.netloc else url
        self.access = access
        self._refresh = refresh
        self._renewing = asyncio.Lock()
        self._http = httpx.AsyncClient(base_url=self.url, timeout=TIMEOUT_S, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def guest(self, name: str) -> dict[str, Any]:
        """Become a new guest of this name; answers the person."""
        return self._signed_in(await self.call("POST", "/api/auth/guest/", display_name=name))

    async def login(self, username: str, password: str) -> dict[str, Any]:
        body = {"username": username, "password": password}
        return self._signed_in(await self.call("POST", "/api/auth/login/", **body))

    async def renew(self, spent: str) -> str:
        """A fresh access token in the place of `spent`. Who asks second gets what who asked first
        was given, because a refresh token works once. Raises Refused where the sign-in is over.
        """
        async with self._renewing:
            if spent != self.access:
                return self.access
            if not self._refresh:
                raise Refused("not_signed_in", "This sign-in has ended and cannot be renewed.")
            fresh = await self.call("POST", "/api/auth/refresh/", refresh=self._refresh)
            self.access, self._refresh = fresh["access"], fresh["refresh"]
            return self.access

    async def logout(self) -> None:
        await self.call("POST", "/api/auth/logout/", refresh=self._refresh)
        self.access = self._refresh = ""

    async def join(self, code: str, *, password: str = "") -> dict[str, Any]:
        """Come in by the code or the address of a room; answers the room."""
        body = {"password": password} if password else {}
        await self.call("POST", f"/api/rooms/{code}/join/", **body)
        return await self.call("GET", f"/api/rooms/{code}/")

    async def accept(self, token: str) -> dict[str, Any]:
        """Come in by an invitation, the last part of its link; answers the room."""
        place = await self.call("POST", f"/api/invites/{token}/accept/")
        return await self.call("GET", f"/api/rooms/{place['code']}/")

    async def leave(self, code: str) -> None:
        await self.call("POST", f"/api/rooms/{code}/leave/")

    async def call(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        """Any other endpoint. Raises Refused, or Unreachable."""
        headers = {"Authorization": f"Bearer {self.access}"} if self.access else {}
        sent = body or ({} if method == "POST" else None)
        try:
            answer = await self._http.request(method, path, json=sent, headers=headers)
            self._http.cookies.clear()  # we are no browser: the header says who we are
            read = answer.json() if answer.content else {}
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(self.url, str(error) or type(error).__name__) from error
        except ValueError as error:
            raise Unreachable(self.url, f"HTTP {answer.status_code} without JSON") from error
        if answer.is_success:
            return read if isinstance(read, dict) else {"results": read}
        if not isinstance(read, dict) or "error" not in read:
            raise Unreachable(self.url, f"HTTP {answer.status_code}")
        raise Refused.of(read["error"])

    def _signed_in(self, answer: dict[str, Any]) -> dict[str, Any]:
        self.access, self._refresh = answer["access"], answer["refresh"]
        person: dict[str, Any] = answer["user"]
        return person
