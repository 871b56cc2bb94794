"""What a school's package says: `tom_tat.json`, its model, how it is made from a review, and what in it cannot be true."""

#: The name of the file, and the version of its shape.
SUMMARY, SCHEMA_VERSION = "tom_tat.json", 1
