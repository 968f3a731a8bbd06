"""Where signals of the lower apps reach routing; nothing else."""


def connect() -> None:
    """Connect every receiver; called once when the app is ready."""
