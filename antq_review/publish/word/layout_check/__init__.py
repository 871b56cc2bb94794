"""The twelve layout checks on a Word file: reads the document, applies Decree 30/2020/NĐ-CP."""
