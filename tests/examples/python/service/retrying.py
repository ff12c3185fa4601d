"""Requests that are made again where that can help."""

import time

import httpx

# Statuses that say: later.
LATER = (429, 503)
# Seconds between one try and the next where the server does not say how long to wait.
WAITS = (0.5, 1, 2, 4)


class Client:
    """An HTTP client for requests that may be made twice: reading, and removing what may be gone already."""

    def __init__(self, base_url: str, sleep=time.sleep, **headers: str):
        self._client = httpx.Client(base_url=base_url, headers=headers)
        self._sleep = sleep

    def request(self, method: str, path: str, **options) -> httpx.Response:
        """The answer, which is `LATER` only where it was so to the last, as a lost connection is an error then."""
        for wait in WAITS:
            try:
                response = self._client.request(method, path, **options)
            except httpx.TransportError:
                self._sleep(wait)
                continue
            if response.status_code not in LATER:
                return response
            told = response.headers.get("Retry-After", "")
            self._sleep(int(told) if told.isdigit() else wait)
        return self._client.request(method, path, **options)
