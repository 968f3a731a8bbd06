"""A made-up organisation to look around in, and made-up traffic through it.

``create_organisation`` fills an empty database through the real actions.
``demo_step`` lets customers arrive and agents work, one step at a time.
"""
