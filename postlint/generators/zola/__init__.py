"""Zola, as it does it: compared with Zola 0.22.0 in the tests."""

from postlint.generators.zola.generator import Zola
from postlint.generators.zola.options import ZolaOptions, load

__all__ = ["Zola", "ZolaOptions", "load"]
