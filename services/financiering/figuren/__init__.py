"""Figures of what financiering calculates, as SVG that stands on its own or within a document."""
