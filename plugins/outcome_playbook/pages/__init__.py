"""Which pages the site has, and what each one shows. Knows no MkDocs; a template lays it out."""
