# The demonstration: a synthetic nation, loaded, measured and published.
