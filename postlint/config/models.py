"""The configuration file as pydantic models: which keys there are and what each may hold.

Imported only where there is a configuration file. Validators say what is wrong through :func:`wrong`, in words that
follow the key's name ("`timezone`: there is no time zone `Asia/Shangai`"); :mod:`postlint.config.load` adds the place.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from postlint.config.external import VARIABLE, bad_address_pattern, statuses
from postlint.config.globs import bad_pattern
from postlint.config.schema import NAMED_FORMATS, TYPES
from postlint.config.settings import GENERATORS
from postlint.config.suggest import did_you_mean
from postlint.config.zones import zone_problem
from postlint.regex import regex

__all__ = [
    "LEVELS",
    "DateModel",
    "ExternalModel",
    "FieldModel",
    "HostModel",
    "OverrideModel",
    "RemapModel",
    "RootModel",
    "SchemaModel",
    "TaxonomyModel",
    "wrong",
]

LEVELS = ("error", "warning", "info", "on", "off")
"""What may stand for a rule, beside true and false."""

_TYPE_SYNONYMS = {
    "str": "string", "text": "string", "int": "integer", "bool": "boolean", "float": "number", "array": "list",
    "sequence": "list", "object": "mapping", "table": "mapping", "dict": "mapping", "map": "mapping",
    "timestamp": "datetime", "time": "datetime",
}  # fmt: skip
_OF_TYPE: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "date": (datetime.date,),
    "datetime": (datetime.datetime,), "list": (list,), "mapping": (dict,),
}  # fmt: skip


def wrong(message: str, suggestion: str = "", *path: str | int) -> PydanticCustomError:
    """An error for pydantic to collect; ``path`` leads from the validated value to the part of it that is wrong."""
    context = {"message": message, "suggestion": suggestion, "path": path}
    return PydanticCustomError("postlint", "{message}", context)


def kebab(name: str) -> str:
    return name.removesuffix("_").replace("_", "-")


# Single values -----------------------------------------------------------------------------------------------


def one_of(*names: str, synonyms: dict[str, str] | None = None) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value in names:
            return value
        meant = (synonyms or {}).get(value.casefold())
        nearest = f"did you mean `{meant}`?" if meant else did_you_mean(value, names)
        raise wrong(f"`{value}` is none of {listing(names)}", nearest)

    return check


def listing(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def checked_glob(value: str) -> str:
    if problem := bad_pattern(value):
        raise wrong(problem)
    return value


def checked_zone(value: str) -> str:
    if problem := zone_problem(value):
        raise wrong(*problem)
    return value


def checked_version(value: str) -> str:
    if re.fullmatch(r"v?[0-9]+(?:\.[0-9]+)*(?:[-+][\w.+-]+)?", value, re.A) is None:
        raise wrong(f"`{value}` is no version", "write its numbers with dots between them, such as `0.111.3`")
    return value


def checked_url(value: str) -> str:
    match = re.fullmatch(r"(https?://[^/\s?#]+)(/[^\s?#]*)?", value)
    if match is None:
        raise wrong(f"`{value}` is not the address of a site", "write it as `https://example.org`")
    if match[2] not in (None, "/"):
        raise wrong(f"`{value}` has a path", f'write url = "{match[1]}" and baseurl = "{match[2].rstrip("/")}"')
    return match[1]


def checked_baseurl(value: str) -> str:
    if value in ("", "/"):
        return ""
    if "://" in value:
        raise wrong(f"`{value}` is a whole address", "the host belongs in `url`, only the path in `baseurl`")
    if not value.startswith("/"):
        raise wrong(f"`{value}` does not begin with `/`", f"write `/{value}`")
    return value.rstrip("/")


def checked_extension(value: str) -> str:
    if not re.fullmatch(r"\.?[^./\\*?\[\]\s]+", value):
        hint = "patterns of whole paths belong in `include`" if "*" in value else "write it as `.md`"
        raise wrong(f"`{value}` is not a file extension", hint)
    return "." + value.removeprefix(".").lower()


def checked_pack(value: str) -> str:
    if not all(part.isidentifier() for part in value.split(".")):
        raise wrong(f"`{value}` is not the name of a Python module", "write it as Python imports it: `my_site_rules`")
    return value


def checked_regexp(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise wrong(f"`{value}` is not a regular expression: {error}") from error
    return value


def checked_format(value: str) -> str:
    if value in NAMED_FORMATS:
        return value
    if "%" not in value:
        nearest = did_you_mean(value, NAMED_FORMATS) or "a date's format is written with `%`, as in `%Y-%m-%d`"
        raise wrong(f"`{value}` is none of {listing(NAMED_FORMATS)}", nearest)
    return checked_date_format(value)


def checked_date_format(value: str) -> str:
    """strptime's directives; the list is that of Python's documentation."""
    if "%" not in value:
        raise wrong(f"`{value}` has no `%`, so it reads no date", "write it as in `%Y-%m-%d %H:%M:%S %z`")
    for directive in re.findall(r"%(.?)", value):
        if not directive or directive not in "aAbBcdfGHIjmMpSuUVwWxXyYzZ%":
            raise wrong(
                f"`%{directive}` is nothing that Python's strptime knows", "write it as in `%Y-%m-%d %H:%M:%S %z`"
            )
    return value


def checked_address(value: str) -> str:
    """``category/{slug}.html``: a pattern with a place for the term."""
    placeholders = re.findall(r"\{([^{}]*)\}", value)
    for name in placeholders:
        if name not in ("slug", "term"):
            nearest = did_you_mean(name, ("slug", "term")) or "there are `{slug}` and `{term}`"
            raise wrong(f"`{{{name}}}` stands for nothing", nearest)
    if not placeholders:
        raise wrong(f"`{value}` has no place for the term", "write `{slug}` or `{term}` where it goes")
    return value


def checked_address_pattern(value: str) -> str:
    if problem := bad_address_pattern(value):
        raise wrong(problem, "write a host (`example.org`, `*.example.org`), `https://example.org/a/*` or `/a regexp/`")
    return value


def checked_host(value: str) -> str:
    if re.fullmatch(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_.\-]*[a-z0-9_])?", value.lower()) is None:
        raise wrong(
            f"`{value}` is not the name of a host", "write it as `example.org`, or `*.example.org` for those below"
        )
    return value.lower()


def checked_private(value: str) -> str:
    """A host or a network."""
    try:
        return str(ipaddress.ip_network(value.strip("[]"), strict=False))
    except ValueError:
        if "/" in value or re.fullmatch(r"[0-9.]+", value):
            raise wrong(f"`{value}` is no network", "write it as `10.0.0.0/8`") from None
        return checked_host(value)


def checked_web_address(value: str) -> str:
    if re.match(r"https?://[^/\s]", value) is None:
        raise wrong(f"`{value}` does not begin with `https://` or `http://` and a host")
    return value


def checked_statuses(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    for index, item in enumerate(items):
        if isinstance(item, bool) or not isinstance(item, (int, str)):
            raise wrong("this must be a status, or a range of them in quotes", 'write it as [403, "500-599"]', index)
        try:
            statuses([item])
        except ValueError:
            raise wrong(f"`{item}` is no status", 'write it as [403, "500-599"]', index) from None
    return items


def seconds(value: Any) -> Any:
    """A time: ``"20 s"``, ``"10m"``, ``"12 h"``, ``"7d"``, or a number of seconds."""
    if isinstance(value, str):
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value.strip())
        if match is None:
            raise wrong(f"`{value}` is no length of time", 'write it as "20s", "10m", "12h" or "7d"')
        return float(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


_NOT_OURS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect"}
)
_SECRET = regex(r"authori[sz]ation|cookie|token|secret|password|(?:api|access)[-_]?key", re.IGNORECASE)


def checked_headers(value: dict[str, str]) -> dict[str, str]:
    for name, text in value.items():
        if re.fullmatch(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", name) is None:
            raise wrong(f"`{name}` is not the name of a header field", "", name)
        if name.lower() in _NOT_OURS:
            raise wrong(f"`{name}` belongs to the connection and cannot be set", "", name)
        if not text.isprintable() or not text.isascii():
            raise wrong("the value of a header field has printable ASCII characters only", "", name)
        if _SECRET.search(name) and not VARIABLE.search(text):
            raise wrong(
                "a secret does not belong in a file",
                "put it in a variable of the environment and write `${NAME}` where it goes",
                name,
            )
    return value


def checked_level(value: Any) -> Any:
    """The value of a rule: true, false, a severity, or a table of ``severity`` and options."""
    if isinstance(value, dict):
        if "severity" in value:
            _check_severity(value["severity"], "severity")
        return value
    _check_severity(value)
    return value


def checked_override_level(value: Any) -> Any:
    """The same without options: those are part of how a file is read, and hold for the whole run."""
    checked_level(value)
    if isinstance(value, dict):
        for option in value:
            if option != "severity":
                raise wrong(
                    "options cannot differ from path to path, only severities can",
                    "move it to the [rules] table",
                    option,
                )
    return value


def _check_severity(value: Any, *path: str) -> None:
    if isinstance(value, bool):
        return
    if not isinstance(value, str):
        raise wrong(
            "this must be a severity in quotes, true, false or a table", f"write one of {listing(LEVELS)}", *path
        )
    if value not in LEVELS:
        synonyms = {"warn": "warning", "err": "error", "note": "info", "hint": "info", "ignore": "off", "none": "off",
                    "disable": "off", "disabled": "off", "false": "off", "never": "off", "enable": "on",
                    "enabled": "on", "true": "on"}  # fmt: skip
        meant = synonyms.get(value.casefold())
        nearest = f"did you mean `{meant}`?" if meant else did_you_mean(value, LEVELS)
        raise wrong(f"`{value}` is none of {listing(LEVELS)}", nearest, *path)


def one_or_more(value: Any) -> Any:
    """A single text where a list of texts is wanted."""
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(one_or_more)]
Globs = Annotated[list[Annotated[str, AfterValidator(checked_glob)]], BeforeValidator(one_or_more)]
Formats = Annotated[list[Annotated[str, AfterValidator(checked_format)]], BeforeValidator(one_or_more)]
Addresses = Annotated[list[Annotated[str, AfterValidator(checked_address)]], BeforeValidator(one_or_more)]
Types = Annotated[
    list[Annotated[str, AfterValidator(one_of(*TYPES, synonyms=_TYPE_SYNONYMS))]], BeforeValidator(one_or_more)
]
Length = Annotated[int, Field(ge=0)]
AddressPatterns = Annotated[list[Annotated[str, AfterValidator(checked_address_pattern)]], BeforeValidator(one_or_more)]
Statuses = Annotated[list[int | str], BeforeValidator(checked_statuses)]
Seconds = Annotated[float, Field(ge=0), BeforeValidator(seconds)]
SomeSeconds = Annotated[float, Field(gt=0), BeforeValidator(seconds)]
Count = Annotated[int, Field(ge=1, le=1000)]


# Tables ------------------------------------------------------------------------------------------------------


class Model(BaseModel):
    """Keys are written with hyphens; an unknown one is an error; texts are not numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=kebab)


class FieldModel(Model):
    """``[schemas.fields.NAME]``, or only its type as a text."""

    type_: Types = []
    required: bool = False
    non_empty: bool = False
    enum: list[Any] | None = None
    pattern: Annotated[str, AfterValidator(checked_regexp)] | None = None
    min_length: Length | None = None
    max_length: Length | None = None
    format_: Formats = []
    items: FieldModel | None = None
    unique: bool = False

    @model_validator(mode="before")
    @classmethod
    def _only_a_type(cls, value: Any) -> Any:
        return {"type": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits_together(self) -> FieldModel:
        if self.min_length is not None and self.max_length is not None and self.min_length > self.max_length:
            raise wrong(f"no length is at least {self.min_length} and at most {self.max_length}", "", "min-length")
        types = set(self.type_)
        if self.enum is not None:
            if not self.enum:
                raise wrong("an empty list allows no value", "", "enum")
            allowed = [t for name in self.type_ for t in _OF_TYPE.get(name, (object,))]
            for index, value in enumerate(self.enum):
                is_bool = isinstance(value, bool) and bool not in allowed and object not in allowed
                if allowed and (is_bool or not isinstance(value, tuple(allowed))):
                    kinds = listing(tuple(self.type_))
                    raise wrong(f"`{value}` is not of the type that the field is to have ({kinds})", "", "enum", index)
        written = {"string", "date", "datetime", "any"}
        for key, given, makes_sense in (
            ("items", self.items is not None, {"list", "any"}),
            ("pattern", self.pattern is not None, written | {"integer", "number"}),
            ("format", bool(self.format_), written),
            ("min-length", self.min_length is not None, {"string", "list", "any"}),
            ("max-length", self.max_length is not None, {"string", "list", "any"}),
        ):
            if given and types and not types & makes_sense:
                raise wrong(f"this says nothing about a value of type {listing(tuple(self.type_))}", "", key)
        return self


class SchemaModel(Model):
    """``[[schemas]]``."""

    paths: Globs = []
    unknown_keys: Annotated[str, AfterValidator(one_of("allow", "forbid"))] | None = None
    required: Texts = []
    fields_: dict[str, FieldModel] = {}


class OverrideModel(Model):
    """``[[overrides]]``."""

    paths: Annotated[Globs, Field(min_length=1)]
    rules: dict[str, Annotated[Any, AfterValidator(checked_override_level)]]


class TaxonomyModel(Model):
    """``[taxonomies.NAME]``."""

    field_: Texts = []
    terms: list[str] | None = None
    terms_from: str | None = None
    aliases: dict[str, str] = {}
    pages: Annotated[str, AfterValidator(checked_address)] | None = None
    page_key: str | None = None
    links: Addresses = []
    require_page: bool = False
    min_: Length | None = None
    max_: Length | None = None
    pairs_with: str | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> TaxonomyModel:
        if self.terms is not None and self.terms_from is not None:
            raise wrong("the terms stand in `terms` already", "keep one of the two", "terms-from")
        if self.require_page and self.pages is None:
            raise wrong("nothing says where a term's page is", 'add pages = "category/{slug}.html"', "require-page")
        if self.min_ is not None and self.max_ is not None and self.min_ > self.max_:
            raise wrong(f"no number is at least {self.min_} and at most {self.max_}", "", "min")
        return self


class DateModel(Model):
    """``[date]``."""

    format_: Annotated[str, AfterValidator(checked_date_format)] = ""


class HostModel(Model):
    """``[[external.hosts]]``."""

    host: Annotated[str, AfterValidator(checked_host)]
    headers: Annotated[dict[str, str], AfterValidator(checked_headers)] = {}
    accept: Statuses = []
    per_host: Count | None = None
    delay: Seconds | None = None


class RemapModel(Model):
    """``[[external.remap]]``."""

    from_: Annotated[str, AfterValidator(checked_web_address)]
    to: Annotated[str, AfterValidator(checked_web_address)]


class ExternalModel(Model):
    """``[external]``."""

    ignore: AddressPatterns = []
    remap: list[RemapModel] = []
    accept: Statuses = []
    allow_private: Annotated[list[Annotated[str, AfterValidator(checked_private)]], BeforeValidator(one_or_more)] = []
    fragments: bool = False
    robots: bool = True
    proxy: bool = False
    timeout: SomeSeconds | None = None
    max_time: SomeSeconds | None = None
    concurrency: Count | None = None
    per_host: Count | None = None
    delay: Seconds | None = None
    retries: Annotated[int, Field(ge=0, le=10)] | None = None
    max_redirects: Annotated[int, Field(ge=0, le=50)] | None = None
    keep_ok: Seconds | None = None
    keep_dead: Seconds | None = None
    keep_unverified: Seconds | None = None
    hosts: list[HostModel] = []


class RootModel(Model):
    """The file."""

    generator: Annotated[str, AfterValidator(one_of(*GENERATORS))] = "auto"
    generator_version: Annotated[str, AfterValidator(checked_version)] | None = None
    include: Globs = []
    exclude: Globs = []
    respect_gitignore: bool = True
    extensions: Annotated[
        list[Annotated[str, AfterValidator(checked_extension)]], Field(min_length=1), BeforeValidator(one_or_more)
    ] = []
    timezone: Annotated[str, AfterValidator(checked_zone)] | None = None
    url: Annotated[str, AfterValidator(checked_url)] | None = None
    baseurl: Annotated[str, AfterValidator(checked_baseurl)] | None = None
    select: Texts = []
    ignore: Texts = []
    fail_on: Annotated[str, AfterValidator(one_of("error", "warning", "info", "never"))] = "error"
    baseline: Annotated[str, Field(min_length=1)] | None = None
    packs: Annotated[list[Annotated[str, AfterValidator(checked_pack)]], BeforeValidator(one_or_more)] = []
    rules: dict[str, Annotated[Any, AfterValidator(checked_level)]] = {}
    overrides: list[OverrideModel] = []
    taxonomies: dict[str, TaxonomyModel] = {}
    schemas: list[SchemaModel] = []
    date: DateModel = DateModel()
    external: ExternalModel = ExternalModel()
