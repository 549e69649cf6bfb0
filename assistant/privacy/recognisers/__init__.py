"""Our own recognisers, one kind of fact each: plain functions from a parse to mentions."""
