"""How the ``slug`` crate, and with it Zola, spells letters that are not ASCII.

The crate asks deunicode, a table of a hundred thousand characters. Here are the alphabets that a rule or a short list
can give, every character of them compared with Zola 0.22.0 in the tests. Of all others (Chinese, Arabic, Thai, emoji)
the spelling is not known here, and so is no slug that has one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from postlint.regex import regex

__all__ = ["slug", "spelling"]

_NOT_ALPHANUMERIC = regex("[^a-z0-9]+")


def slug(text: str) -> str | None:
    """The slug of a text; None where the spelling of a character is not known here."""
    if not text.isascii():
        spelt = [spelling(char) for char in text]
        if None in spelt:
            return None
        text = "".join(filter(None, spelt))
    return _NOT_ALPHANUMERIC.sub("-", text.lower()).strip("-")


@lru_cache(maxsize=4096)
def spelling(char: str) -> str | None:
    """The ASCII letters that stand for a character in a slug, a hyphen for any sign; None where that is not known."""
    code = ord(char)
    if code < 0x80:
        return char
    if char in _LISTED:
        return _LISTED[char]
    if 0xAC00 <= code <= 0xD7A3:
        start, rest = divmod(code - 0xAC00, 588)
        return _INITIALS[start] + _VOWELS[rest // 28] + _FINALS[rest % 28]
    if any(first <= code <= last for first, last in _SIGNS):
        return "-"
    if any(first <= code <= last for first, last in _TAKEN_APART):
        apart = unicodedata.normalize("NFKD", char)
        letters = "".join(c for c in apart if not unicodedata.combining(c))
        return _NOT_ALPHANUMERIC.sub("-", letters.lower()) if letters.isascii() else None
    return None


_TAKEN_APART = ((0xA0, 0x24F), (0x300, 0x34E), (0x1E00, 0x1EFF), (0x2024, 0x2026), (0x202F, 0x202F), (0xFF01, 0xFF5E))
"""Blocks in which Unicode's own decomposition, without accents, is the spelling of what is not listed."""
_SIGNS = (
    (0x2010, 0x2023), (0x2027, 0x2027), (0x2032, 0x2046), (0x204C, 0x205E), (0x3000, 0x3003), (0x3005, 0x3006),
    (0x3008, 0x3012), (0x3014, 0x301F),
)  # fmt: skip

_LATIN = """
¢=c- £=ps ¥=y- §=ss ©=-c- ®=-r- °=deg µ=u ¶=p ¼=1-4 ½=1-2 ¾=3-4 Æ=ae Ð=d ×=x Ø=o Þ=th ß=ss æ=ae ð=d ø=o þ=th Đ=d đ=d
Ħ=h ħ=h ı=i ĸ=k Ŀ=l ŀ=l Ł=l ł=l ŉ=-n Ŋ=ng ŋ=ng Œ=oe œ=oe Ŧ=t ŧ=t Ɔ=o Ɖ=d Ɛ=e Ɓ=b Ɗ=d Ƙ=k ƙ=k Ɣ=g Ɨ=i Ɲ=n Ɵ=o Ƴ=y ƴ=y
Ʋ=v Ǝ=3 Ə=- ǝ=- Ǣ=ae ǣ=ae Ǽ=ae ǽ=ae Ǿ=o ǿ=o ẞ=ss
"""
_GREEK = """
Ά=a Έ=e Ή=e Ί=i Ό=o Ύ=u Ώ=o ΐ=i Α=a Β=b Γ=g Δ=d Ε=e Ζ=z Η=e Θ=th Ι=i Κ=k Λ=l Μ=m Ν=n Ξ=ks Ο=o Π=p Ρ=r Σ=s Τ=t Υ=u Φ=ph
Χ=kh Ψ=ps Ω=o Ϊ=i Ϋ=u ά=a έ=e ή=e ί=i ΰ=u α=a β=b γ=g δ=d ε=e ζ=z η=e θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r ς=s σ=s
τ=t υ=u φ=ph χ=kh ψ=ps ω=o ϊ=i ϋ=u ό=o ύ=u ώ=o
"""
_CYRILLIC = """
ѐ=ie ё=io ђ=dj ѓ=gj є=ie ѕ=dz і=i ї=yi ј=j љ=lj њ=nj ћ=tsh ќ=kj ѝ=i ў=u џ=dzh а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i
к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ=- ы=y ь=- э=e ю=iu я=ia ґ=g- ғ=g- қ=k- ң=n- ү=u
ұ=u- һ=h ө=o ә=-
"""
_KANA = """
ぁ=a あ=a ぃ=i い=i ぅ=u う=u ぇ=e え=e ぉ=o お=o か=ka が=ga き=ki ぎ=gi く=ku ぐ=gu け=ke げ=ge こ=ko ご=go さ=sa ざ=za
し=si じ=zi す=su ず=zu せ=se ぜ=ze そ=so ぞ=zo た=ta だ=da ち=ti ぢ=di っ=tu つ=tu づ=du て=te で=de と=to ど=do な=na
に=ni ぬ=nu ね=ne の=no は=ha ば=ba ぱ=pa ひ=hi び=bi ぴ=pi ふ=hu ぶ=bu ぷ=pu へ=he べ=be ぺ=pe ほ=ho ぼ=bo ぽ=po ま=ma
み=mi む=mu め=me も=mo ゃ=ya や=ya ゅ=yu ゆ=yu ょ=yo よ=yo ら=ra り=ri る=ru れ=re ろ=ro ゎ=wa わ=wa ゐ=wi ゑ=we を=wo
ん=n ゔ=vu
"""  # noqa: E501


def _pairs(table: str) -> dict[str, str]:
    return {pair[0]: pair[2:] for pair in table.split()}


def _listed() -> dict[str, str]:
    cyrillic = _pairs(_CYRILLIC)
    kana = _pairs(_KANA)
    return {
        **dict.fromkeys("¡¤¦«¬±·»¿÷΄΅·・", "-"),
        **_pairs(_LATIN),
        **_pairs(_GREEK),
        **cyrillic,
        **{char.upper(): letters for char, letters in cyrillic.items()},
        "Є": "e",
        **kana,
        **{chr(ord(char) + 0x60): letters for char, letters in kana.items()},  # katakana stands 0x60 above hiragana
        "ー": "",
        "〇": "0",
    }


_LISTED = _listed()

# Hangul is written by its parts: deunicode's own spelling of them, not the official one.
_INITIALS = ["g", "gg", "n", "d", "dd", "r", "m", "b", "bb", "s", "ss", "", "j", "jj", "c", "k", "t", "p", "h"]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "weo",
    "we",
    "wi",
    "yu",
    "eu",
    "yi",
    "i",
]
_FINALS = [
    "",
    "g",
    "gg",
    "gs",
    "n",
    "nj",
    "nh",
    "d",
    "l",
    "lg",
    "lm",
    "lb",
    "ls",
    "lt",
    "lp",
    "lh",
    "m",
    "b",
    "bs",
    "s",
    "ss",
    "ng",
    "j",
    "c",
    "k",
    "t",
    "p",
    "h",
]
