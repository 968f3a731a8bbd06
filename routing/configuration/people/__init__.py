"""People in a document: a section of their own, for who asks for it.

People are live rows, not configuration: they are in no version, and importing them publishes
nothing by itself. The section never holds a password or anything else that is secret.
"""
