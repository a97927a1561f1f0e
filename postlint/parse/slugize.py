"""hexo-util's ``slugize``: of which Hexo makes addresses of terms, slugs of posts and ids of headings.

Compared with hexo-util 4.0.0, letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from postlint.regex import regex

__all__ = ["slugize"]

JS_BLANKS = "\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
r"""What ``\s`` means to JavaScript, for a character class."""

_CONTROL = regex("[\0-\x1f]")
_SPECIAL = regex(rf"[{JS_BLANKS}~`!@#$%^&*()\-_+=\[\]{{}}|\\;:\"'<>,.?/]+")

# Letters that Unicode does not take apart and hexo-util does: what it makes of them, then the letters.
_TABLE = """
AȺⱯ AAꜲ AEÆǢǼ AOꜴ AUꜶ AVꜸꜺ AYꜼ BƁƂɃ CƇȻꜾ DĐƉƊƋꝹ DZǄǱ Dzǅǲ EƎƐ FƑꝻ GƓǤꝽꝾꞠ HĦⱧⱵꞍ IƗ JɈ KƘⱩꝀꝂꝄꞢ LĿŁȽⱠⱢꝆꝈꞀ LJǇ
Ljǈ MƜⱮ NƝȠꞐꞤ NJǊ Njǋ OØƆƟǾꝊꝌ OEŒ\x8c OIƢ OOꝎ OUȢ PƤⱣꝐꝒꝔ QɊꝖꝘ RɌⱤꝚꞂꞦ SẞⱾꞄꞨ TŦƬƮȾꞆ TZꜨ UɄ VƲɅꝞ VYꝠ WⱲ
YƳɎỾ ZƵȤⱫⱿꝢ aɐẚⱥ aaꜳ aeæǣǽ aoꜵ auꜷ avꜹꜻ ayꜽ bƀƃɓ cƈȼↄꜿ dđƌɖɗꝺ dzǆǳ eǝɇɛ fƒꝼ gǥɠᵹꝿꞡ hħɥⱨⱶ hvƕ iıɨ jɉ kƙⱪꝁꝃꝅꞣ
lŀłſƚɫⱡꝇꝉꞁ ljǉ mɯɱ nŉƞɲꞑꞥ njǌ oøǿɔɵꝋꝍ oeœ\x9c oiƣ ooꝏ ouȣ pƥᵽꝑꝓꝕ qɋꝗꝙ rɍɽꝛꞃꞧ sßȿẛꞅꞩ tŧƭʈⱦꞇ tzꜩ uʉ vʋʌꝟ vyꝡ wⱳ
yƴɏỿ zƶȥɀⱬꝣ
"""
_LETTERS = {
    letter: match[1]
    for match in re.finditer(r"([A-Za-z]+)([^A-Za-z ]+)", _TABLE.replace("\n", " "))
    for letter in match[2]
}
_KEPT = "\u212a\u212b"
"""The signs of kelvin and ångström stay."""


def slugize(text: str, case: int = 0) -> str:
    """``text`` with each run of blanks and punctuation as one hyphen, Latin letters without their accents.

    Args:
        text: what an address is made of.
        case: Hexo's ``filename_case`` and ``modifyAnchors``: 1 lowers all letters, 2 raises them.
    """
    if not text.isascii():
        text = "".join([character if character.isascii() else _plain(character) for character in text])
    slug = _SPECIAL.sub("-", _CONTROL.sub("", text)).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """A Latin letter without its accent, also out of its circle; anything else as it is."""
    known = _LETTERS.get(character)
    if known is not None:
        return known
    if "\u24b6" <= character <= "\u24e9" or "\uff21" <= character <= "\uff3a" or "\uff41" <= character <= "\uff5a":
        return unicodedata.normalize("NFKC", character)
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() and base.isalpha() and character not in _KEPT else character
