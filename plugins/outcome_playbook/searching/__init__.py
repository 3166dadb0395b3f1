"""The search index: what the browser's search reads, written from plain texts and values."""
