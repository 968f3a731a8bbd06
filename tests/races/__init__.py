"""Races between real connections: who is second is told, and nothing is done twice."""
