"""The HTTP API's own toolkit: who calls, strict bodies, problems, lists, repeated requests.

It knows no app: ``config.api_urls`` puts the apps' operations together.
"""
