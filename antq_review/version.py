"""The version of the toolkit; every output prints it."""

VERSION = "0.1.0"
