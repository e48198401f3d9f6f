"""Figures of what diagnose measures, as SVG that stands on its own or within a document."""
