"""Bots: what they are asked, how they answer, and where the answer comes from.

``ask.py`` asks a bot of either kind; ``scripted.py`` is one that needs no outside service, a pure
function; ``webhook.py`` is one that lives elsewhere. What an answer does to the conversation is in
``actions/take_bot_answer.py``.
"""
