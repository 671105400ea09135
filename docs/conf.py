"""How the documents are built as a site: `make docs` (Sphinx reads the Markdown through MyST)."""

project = "subproc"
copyright = "the subproc-cli authors"  # noqa: A001  the name that Sphinx asks for
extensions = ["myst_parser"]
exclude_patterns = ["pictures"]
html_theme = "furo"
html_title = "subproc"
html_show_copyright = False
html_show_sphinx = False
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]  # an example of what is wrong need not be valid
