"""The comparison of years for readers: its lines in words, blocks, sentences, and the workbook."""
