"""What a dead address is said to be nearest to: something that a person may have meant, or nothing."""

from __future__ import annotations

import pytest

from postlint_rules.link._nearest import Nearest, nearest_name

ADDRESSES = (
    "/guides/",
    "/guides/brewing-oolong/",
    "/guides/brewing-oolong/cup.png",
    "/pictures/harbour-at-night.png",
    "/news/2024/harvest/",
)


@pytest.mark.parametrize(
    ("dead", "nearest"),
    [
        ("/guides/brewing-olong/", "/guides/brewing-oolong/"),
        ("/guides/Brewing-Oolong/", "/guides/brewing-oolong/"),
        ("/pictures/harbor-at-night.png", "/pictures/harbour-at-night.png"),
        ("/guides/brewing-oolong/LICENSE", ""),  # the page itself is no help
        ("/guides/brewing-oolong/pot.png", ""),
        ("/news/2024/frost/", ""),
    ],
)
def test_the_nearest_address(dead: str, nearest: str) -> None:
    assert Nearest(ADDRESSES, [dead]).to(dead)[0] == nearest


def test_the_next_number_is_another_name() -> None:
    assert nearest_name("release-5.3.0", ["release-5.2.3"]) == ""
    assert nearest_name("realease-5.2.3", ["release-5.2.3"]) == "release-5.2.3"
