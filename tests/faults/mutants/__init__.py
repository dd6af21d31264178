"""Six faults on purpose, as patches: each takes one guarantee of Talk away, and a round has to notice."""
