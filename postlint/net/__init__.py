"""Asking other sites whether what a link leads to is there. Nothing else in postlint opens a connection.

Imported only when somebody asked for it; aiohttp and protego come with ``pip install 'postlint[online]'``.
"""
