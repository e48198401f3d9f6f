"""What others build on: the event models, their envelope, JSON Schemas, AsyncAPI and OpenAPI.

Nothing here imports another package of Meedoen, so an integrator can take this folder as it is.
"""
