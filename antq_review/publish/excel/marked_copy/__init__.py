"""Copies of faulty workbooks in which every faulty cell is coloured and explained."""
