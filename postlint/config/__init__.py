"""What the user has set: from ``postlint.toml`` or ``pyproject.toml`` to plain settings.

Import from the modules: :mod:`~postlint.config.settings` and :mod:`~postlint.config.discovery` cost nothing;
:mod:`~postlint.config.load` imports pydantic when it meets a configuration file.
"""
