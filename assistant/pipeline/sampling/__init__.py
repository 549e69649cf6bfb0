"""A session into a training sample: what singles somebody out in it is searched for, cut, coarsened, and written anew.

Here the reading of the session (``privacy``) meets what a sample is made of (``training``); neither knows the other.
"""
