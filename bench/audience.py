"""Guests by the hundred and the rooms they belong to, made over the HTTP API."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

AT_ONCE = httpx.Limits(max_connections=16)


@dataclass(frozen=True)
class Guest:
    id: str
    access: str


def guests(url: str, count: int) -> list[Guest]:
    return asyncio.run(_guests(url, count))


def rooms(url: str, people: list[Guest], count: int) -> list[str]:
    """So many rooms of the first of them, in which all have a place."""
    return asyncio.run(_rooms(url, people, count))


async def _guests(url: str, count: int) -> list[Guest]:
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=AT_ONCE) as http:

        async def one(number: int) -> Guest:
            body = {"display_name": f"Guest {number}"}
            made = (await http.post("/api/auth/guest/", json=body)).raise_for_status().json()
            return Guest(made["user"]["id"], made["access"])

        return list(await asyncio.gather(*(one(number) for number in range(count))))


async def _rooms(url: str, people: list[Guest], count: int) -> list[str]:
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=AT_ONCE) as http:

        async def post(guest: Guest, path: str, **body: object) -> dict[str, Any]:
            auth = {"Authorization": f"Bearer {guest.access}"}
            answer = await http.post(path, json=body, headers=auth)
            found: dict[str, Any] = answer.raise_for_status().json()
            return found

        host, *others = people
        made = await asyncio.gather(
            *(post(host, "/api/rooms/", name=f"Room {number}") for number in range(count))
        )
        codes = [room["code"] for room in made]
        await asyncio.gather(
            *(post(one, f"/api/rooms/{code}/join/") for code in codes for one in others)
        )
        return codes
