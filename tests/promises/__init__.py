"""Promises I1 to I7 held against killed, stopped and racing processes of the real product."""
