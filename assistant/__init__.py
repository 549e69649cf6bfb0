"""The group-session assistant: who said what, whose fact it is, and one draft note per member."""

__version__ = "0.1.0"
