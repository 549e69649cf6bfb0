"""What the models folder holds: manifest, install, verify, open.

The only room that may use the network, and only to install.
"""
