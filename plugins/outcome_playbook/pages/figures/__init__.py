"""Figures as numbers: where each mark stands, in per cent of the width. Templates draw them."""
