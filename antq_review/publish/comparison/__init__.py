"""The comparison of years as people read it: lines, blocks, sentences, the workbook."""
