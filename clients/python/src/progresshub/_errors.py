"""What can go wrong."""

from __future__ import annotations


class HubError(Exception):
    """The server refused, could not be reached, or did not answer in time."""

    def __init__(
        self, code: str, message: str, *, status: int | None = None, field: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        """A stable identifier in snake_case: the server's, or `unreachable` or `invalid_answer`."""
        self.status = status
        """The HTTP status; None where there was no answer."""
        self.field = field
        """The property of the request at fault, where the server names one."""
        self.retry_after = retry_after
        """How many seconds the server asked to wait."""

    @property
    def is_transient(self) -> bool:
        """Whether the same request may go well later."""
        return self.status is None or self.status in (408, 429) or self.status >= 500

    @property
    def is_final(self) -> bool:
        """Whether no later try can help a watcher or a reporter."""
        return self.status in (401, 403, 404, 409, 410)

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"


class Canceled(Exception):
    """Somebody canceled the job: stop. A `with` block of the job swallows it."""
