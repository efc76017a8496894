"""What the blocks of a file become: paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from search.model import Lang, Role


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one language, without its label.

    `role` is set where it can be told before the languages are aligned;
    `credit` is the label of a line such as `Editor: …`; `time` is begin and
    end in seconds, the same where only the begin is known; paragraphs of the
    same `row` answer each other; one that is `alone` is translated by nothing.
    """

    text: str
    line: int
    lang: Lang
    label: str | None = None
    role: Role | None = None
    credit: str | None = None
    time: tuple[float, float] | None = None
    row: int | None = None
    alone: bool = False

    @property
    def is_cue(self) -> bool:
        """Whether it is a subtitle, whose end is known. They often have no full stops."""
        return self.time is not None and self.time[0] < self.time[1]
