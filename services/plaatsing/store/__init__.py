"""The tables of plaatsing, one module per thing that is stored.

Everything about a kandidaat is locked by the row of that kandidaat, and the bezetting of a werkplek
by the row of that werkplek; always the kandidaat first.
"""
