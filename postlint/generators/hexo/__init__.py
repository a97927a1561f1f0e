"""Hexo: its configuration and what it does with each file."""

from postlint.generators.hexo.generator import Hexo, HexoOptions, load

__all__ = ["Hexo", "HexoOptions", "load"]
