"""Draws the shipped Word forms and their guide from the text in `data_templates/bieu_word/nguon/`."""
