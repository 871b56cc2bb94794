"""The annex `phu_luc.xlsx`: official tables first, then the working sheets."""
