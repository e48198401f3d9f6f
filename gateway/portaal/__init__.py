"""The pages for developers, from own files: nothing is loaded from elsewhere.

- ``paginas``: what a reader sees, in Dutch; ``stijl`` and ``scripts`` beside it
- ``catalogus``: the event catalogue, made from the contracts
- ``vendor``: the bundles of others that show an OpenAPI and an AsyncAPI document
- ``bestanden``: sends files; ``portaal``: which page is where, and what it may do
"""

from gateway.portaal.portaal import portal

__all__ = ["portal"]
