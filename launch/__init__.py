"""What run.py is made of. Standard library and old syntax only, as there: Python 3.6 must be able to read it."""
