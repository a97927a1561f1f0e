"""Reading a text: front matter, templates, Markdown, HTML, links. Pure functions; no file is opened here."""
