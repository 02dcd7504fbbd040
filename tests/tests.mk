# Tests, from the quickest ring to the slowest. See tests/README.md.
