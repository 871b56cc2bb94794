"""The version of the toolkit, as every output prints it."""

VERSION = "0.1.0"
