"""The tables of diagnose, one module per thing that is stored.

Everything about a kandidaat is locked by the row of the dossier first.
"""
