"""What will become of each file, without asking any rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postlint.engine.request import Request
from postlint.engine.survey import Survey
from postlint.generators import Fate

__all__ = ["Prediction", "predict"]


class Prediction(NamedTuple):
    """The fate of one file in a build at a given moment.

    Attributes:
        path: relative to the project root.
        site: the folder of its site, "" or ending in "/".
        generator: as people write its name: "Jekyll".
        fate: with the clock taken into account.
    """

    path: str
    site: str
    generator: str
    fate: Fate


def predict(survey: Survey, request: Request) -> Iterator[Prediction]:
    """The fates of the files that were asked for, by path, in a build at ``request.now``.

    A file that cannot be read is left out and noted in ``survey.problems``.
    """
    progress = request.progress
    if progress is not None:
        progress(len(survey.checked), 0)
    for path in survey.checked:
        try:
            doc = survey.document(path)
        except OSError as error:
            survey.problems.append((path, f"the file cannot be read: {error.strerror or error}"))
            continue
        generator = survey.generator(path)
        yield Prediction(path, survey.site_of(path), generator.title, generator.fate(doc).at(request.now))
        if progress is not None:
            progress(len(survey.checked), 1)
