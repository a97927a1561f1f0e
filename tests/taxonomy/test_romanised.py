"""Names in Latin letters and what they may stand for. All made up of common words."""

from __future__ import annotations

import pytest

from postlint_rules.taxonomy._romanised import likeness, syllables


@pytest.mark.parametrize(
    ("name", "text", "like"),
    [
        ("haigangwanbao", "海港晚报", True),
        ("haigangwanbao", "海港晚报新闻", True),
        ("haigang-wanbao", "《海港晚报》", True),
        ("changjiangribao", "长江日报", True),
        ("zhonghangzhengquan", "中航证券", True),
        ("21shijichuanwu", "21世纪船务", True),
        ("anheguoji(xianggang)", "安和国际(香港)", True),
        ("haigangwanbao", "青石日报", False),
        ("haigangwanbao", "中国钢铁协会新闻", False),
        ("21shijichuanwu", "世界金属导报", False),
    ],
)
def test_likeness(name: str, text: str, like: bool) -> None:
    found = likeness(syllables(name), text)
    assert found == 1.0 if like else found < 0.5


@pytest.mark.parametrize(
    "name",
    ["news", "sitenews", "TechWeb", "people", "international", "management", "haigang", "", "海港晚报", "c++"],
)
def test_names_that_are_spelled_from_nothing(name: str) -> None:
    assert syllables(name) == ()
